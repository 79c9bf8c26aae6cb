"""Every operation has an id of its own."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..findings import Kind
from ..operations import Place
from ..rule import Breach, Rule, everywhere, specification
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield ids that were used before; the official linter looks at `paths` only."""
    seen: set[str] = set()
    for operation in description.operations:
        node = operation.node.child("operationId")
        if node is None or not isinstance(node.value, str):
            continue
        if node.value in seen:
            elsewhere = operation.item.place is not Place.PATH
            yield Breach(node, {"id": node.value}, stricter=elsewhere)
        seen.add(node.value)


RULE = Rule(
    id="operation-operationId-unique",
    severities=everywhere(),
    kind=Kind.VALIDITY,
    sentence=Sentence(
        nl="De operationId '{id}' komt meer dan eens voor.",
        en="The operationId '{id}' is used more than once.",
    ),
    link=specification("operation-object"),
    good={
        "paths": {
            "/trees": {
                "get": {"operationId": "listTrees"},
                "post": {"operationId": "addTree"},
            }
        }
    },
    bad={
        "paths": {
            "/trees": {
                "get": {"operationId": "trees"},
                "post": {"operationId": "trees"},
            }
        }
    },
    check=check,
)
