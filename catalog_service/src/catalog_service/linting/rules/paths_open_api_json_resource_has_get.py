"""The document of the API is had with GET, and nothing else is done to it."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, design_rule, severities
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield whatever else stands under the path."""
    item = description.at(description.root, "paths", "/openapi.json")
    if item is not None and isinstance(item.value, dict):
        for key, node in item.children():
            if "get" not in str(key):
                yield Breach(node, {"method": str(key)})


RULE = Rule(
    id="nlgov:paths-open-api-json-resource-has-get",
    severities=severities(in_2_1="error"),
    sentence=Sentence(
        nl="/openapi.json hoort alleen GET te hebben, niet {method}.",
        en="/openapi.json should have GET only, not {method}.",
    ),
    link=design_rule("publish-openapi"),
    good={"paths": {"/openapi.json": {"get": {}}}},
    bad={"paths": {"/openapi.json": {"post": {}}}},
    check=check,
)
