"""The URL of a server has the major version of the API."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, design_rule, everywhere
from ..sentences import Sentence

_MAJOR = re.compile(r"/v[0-9+]")


def check(description: Description) -> Iterator[Breach]:
    """Yield URLs of servers of the document without /v and a digit."""
    for _, server in description.each(description.at(description.root, "servers")):
        url = server.child("url")
        if (
            url is not None
            and isinstance(url.value, str)
            and not _MAJOR.search(url.value)
        ):
            yield Breach(url, {"url": url.value})


RULE = Rule(
    id="nlgov:include-major-version-in-uri",
    severities=everywhere(),
    sentence=Sentence(
        nl="Neem het hoofdversienummer op in de URL {url}, zoals /v1.",
        en="Have the major version in the URL {url}, such as /v1.",
    ),
    link=design_rule("uri-version"),
    good={"servers": [{"url": "https://api.example.org/v1"}]},
    bad={"servers": [{"url": "https://api.example.org/trees"}]},
    check=check,
)
