"""An allowed value is of the type of its schema."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..matching import is_of_type
from ..rule import Breach, Rule, severities, specification
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield allowed values of another type; null may be one of them when nullable."""
    for schema in description.schemas:
        listed = schema.child("enum")
        if listed is None or not isinstance(listed.value, list):
            continue
        for _, node in listed.children():
            is_allowed_null = (
                node.value is None and schema.value.get("nullable") is True
            )
            if not is_allowed_null and not is_of_type(
                schema.value.get("type"), node.value
            ):
                yield Breach(node, {"value": node.value})


RULE = Rule(
    id="typed-enum",
    severities=severities(in_2_1="warn"),
    sentence=Sentence(
        nl="De toegestane waarde {value} is niet van het type van het schema.",
        en="The allowed value {value} is not of the type of the schema.",
    ),
    link=specification("schema-object"),
    good={"components": {"schemas": {"Tree": {"type": "string", "enum": ["oak"]}}}},
    bad={"components": {"schemas": {"Tree": {"type": "string", "enum": [1]}}}},
    check=check,
)
