"""An operation has a description."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, severities, specification
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield operations without it."""
    for operation in description.operations:
        stated = operation.node.child("description")
        if stated is None or not stated.value:
            yield Breach(stated or operation.node)


RULE = Rule(
    id="operation-description",
    severities=severities(in_2_1="warn"),
    sentence=Sentence(
        nl="De operatie heeft geen beschrijving.",
        en="The operation has no description.",
    ),
    link=specification("operation-object"),
    good={"paths": {"/trees": {"get": {"description": "trees"}}}},
    bad={"paths": {"/trees": {"get": {}}}},
    check=check,
)
