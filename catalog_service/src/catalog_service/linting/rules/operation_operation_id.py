"""An operation has an operationId."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, severities, specification
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield operations without it."""
    for operation in description.operations:
        stated = operation.node.child("operationId")
        if stated is None or not stated.value:
            yield Breach(stated or operation.node)


RULE = Rule(
    id="operation-operationId",
    severities=severities(in_2_1="warn"),
    sentence=Sentence(
        nl="De operatie heeft geen operationId.",
        en="The operation has no operationId.",
    ),
    link=specification("operation-object"),
    good={"paths": {"/trees": {"get": {"operationId": "trees"}}}},
    bad={"paths": {"/trees": {"get": {}}}},
    check=check,
)
