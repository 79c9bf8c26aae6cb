"""A server is reached over HTTPS."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, design_rule, severities
from ..sentences import Sentence
from ..servers import servers_of


def check(description: Description) -> Iterator[Breach]:
    """Yield URLs of servers, also of paths and operations, that are not https."""
    for server in servers_of(description):
        url = server.child("url")
        if (
            url is not None
            and isinstance(url.value, str)
            and not url.value.startswith("https://")
        ):
            yield Breach(url, {"url": url.value})


RULE = Rule(
    id="nlgov:servers-use-https",
    severities=severities(in_2_1="warn", in_2_2="warn"),
    sentence=Sentence(
        nl="De server {url} gebruikt geen https.",
        en="The server {url} does not use https.",
    ),
    link=design_rule("transport/tls"),
    good={"servers": [{"url": "https://api.example.org/v1"}]},
    bad={"servers": [{"url": "http://api.example.org/v1"}]},
    check=check,
)
