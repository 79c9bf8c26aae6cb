"""A tag of an operation is declared for the document."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, severities, specification
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield tags that the document does not declare."""
    listed = description.each(description.at(description.root, "tags"))
    declared = {str(tag.mapping.get("name")) for _, tag in listed}
    for operation in description.operations:
        for _, tag in description.each(description.at(operation.node, "tags")):
            if isinstance(tag.value, str) and tag.value not in declared:
                yield Breach(tag, {"name": tag.value})


RULE = Rule(
    id="operation-tag-defined",
    severities=severities(in_2_1="warn"),
    sentence=Sentence(
        nl="De tag '{name}' is niet gedeclareerd.",
        en="The tag '{name}' is not declared.",
    ),
    link=specification("tag-object"),
    good={
        "tags": [{"name": "trees"}],
        "paths": {"/trees": {"get": {"tags": ["trees"]}}},
    },
    bad={"tags": [], "paths": {"/trees": {"get": {"tags": ["trees"]}}}},
    check=check,
)
