"""A component is used somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, severities, specification
from ..sentences import Sentence
from ..unused import breaches_of_unused, used_places

_KINDS = (
    "schemas", "responses", "parameters", "examples", "requestBodies", "headers",
    "links", "callbacks", "pathItems", "mediaTypes",
)  # fmt: skip


def check(description: Description) -> Iterator[Breach]:
    """Yield components that no reference leads to, or into."""
    if description.family.startswith("3"):
        used = used_places(description, depth=3)
        for kind in _KINDS:
            yield from breaches_of_unused(description, ("components", kind), used)


RULE = Rule(
    id="oas3-unused-component",
    severities=severities(in_2_1="warn"),
    sentence=Sentence(
        nl="Het onderdeel '{name}' wordt nergens gebruikt.",
        en="The component '{name}' is used nowhere.",
    ),
    link=specification("components-object"),
    good={
        "openapi": "3.0.3",
        "x-used": {"$ref": "#/components/schemas/Tree"},
        "components": {"schemas": {"Tree": {}}},
    },
    bad={"openapi": "3.0.3", "components": {"schemas": {"Tree": {}}}},
    check=check,
)
