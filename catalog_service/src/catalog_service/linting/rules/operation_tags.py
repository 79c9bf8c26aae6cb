"""An operation has a tag."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, severities, specification
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield operations without one."""
    for operation in description.operations:
        stated = operation.node.child("tags")
        if stated is None or not stated.value:
            yield Breach(stated or operation.node)


RULE = Rule(
    id="operation-tags",
    severities=severities(in_2_1="warn"),
    sentence=Sentence(
        nl="De operatie heeft geen tag.",
        en="The operation has no tag.",
    ),
    link=specification("operation-object"),
    good={"paths": {"/trees": {"get": {"tags": ["trees"]}}}},
    bad={"paths": {"/trees": {"get": {"tags": []}}}},
    check=check,
)
