"""Nothing stands beside a reference: until OpenAPI 3.1 it has no effect."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..nodes import Node
from ..rule import Breach, Rule, severities, specification
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield what stands beside references, in Swagger 2.0 and OpenAPI 3.0."""
    if description.family not in ("2.0", "3.0"):
        return
    for reference in description.reference_nodes:
        holder: Node | None = description.root
        for key in reference.keys[:-1]:
            holder = holder.child(key) if holder is not None else None
        for key, node in holder.children() if holder is not None else ():
            if key != "$ref":
                yield Breach(node, {"name": key})


RULE = Rule(
    id="no-$ref-siblings",
    severities=severities(in_2_1="error"),
    sentence=Sentence(
        nl="Wat naast een verwijzing staat, heeft geen effect: '{name}'.",
        en="What stands beside a reference has no effect: '{name}'.",
    ),
    link=specification("reference-object"),
    good={"openapi": "3.0.3", "components": {"schemas": {"Oak": {"$ref": "#/x-tree"}}}},
    bad={
        "openapi": "3.0.3",
        "components": {"schemas": {"Oak": {"$ref": "#/x-tree", "title": "Oak"}}},
    },
    check=check,
)
