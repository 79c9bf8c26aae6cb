"""A list says what is in it."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, severities, specification
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield schemas of lists without items."""
    for schema in description.schemas:
        stated = schema.value.get("type")
        is_list = stated == "array" or (isinstance(stated, list) and "array" in stated)
        if is_list and "items" not in schema.value:
            yield Breach(schema)


RULE = Rule(
    id="array-items",
    severities=severities(in_2_1="error"),
    sentence=Sentence(
        nl="De lijst zegt niet wat erin staat (items).",
        en="The list does not say what is in it (items).",
    ),
    link=specification("schema-object"),
    good={"components": {"schemas": {"Tree": {"type": "array", "items": {}}}}},
    bad={"components": {"schemas": {"Tree": {"type": "array"}}}},
    check=check,
)
