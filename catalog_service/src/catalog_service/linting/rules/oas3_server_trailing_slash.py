"""The URL of a server does not end with a slash."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, severities, specification
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield URLs of servers of the document with one; `/` alone is the root."""
    for _, server in description.each(description.at(description.root, "servers")):
        url = server.child("url")
        if url is None or not isinstance(url.value, str):
            continue
        if len(url.value) > 1 and url.value.endswith("/"):
            yield Breach(url, {"url": url.value})


RULE = Rule(
    id="oas3-server-trailing-slash",
    severities=severities(in_2_1="warn"),
    sentence=Sentence(
        nl="De URL {url} eindigt op een schuine streep.",
        en="The URL {url} ends with a slash.",
    ),
    link=specification("server-object"),
    good={"openapi": "3.0.3", "servers": [{"url": "https://api.example.org/v1"}]},
    bad={"openapi": "3.0.3", "servers": [{"url": "https://api.example.org/v1/"}]},
    check=check,
)
