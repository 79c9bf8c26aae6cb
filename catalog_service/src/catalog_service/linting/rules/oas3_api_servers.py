"""The document says where the API is."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, severities, specification
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield the document when it has no server."""
    if not description.family.startswith("3"):
        return
    servers = description.at(description.root, "servers")
    if servers is None or not servers.listing:
        yield Breach(servers or description.root)


RULE = Rule(
    id="oas3-api-servers",
    severities=severities(in_2_1="error", in_2_2="error"),
    sentence=Sentence(
        nl="Het document noemt geen server.",
        en="The document names no server.",
    ),
    link=specification("server-object"),
    good={"openapi": "3.0.3", "servers": [{"url": "https://api.example.org/v1"}]},
    bad={"openapi": "3.0.3", "servers": []},
    check=check,
)
