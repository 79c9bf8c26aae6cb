"""A property that is called a date has a format."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..names import is_date_name
from ..nodes import Node
from ..rule import Breach, Rule, design_rule, severities
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield dates by name without format, of their own or in every part of `allOf`."""
    for name, node in description.properties:
        if is_date_name(name):
            schema = description.references.resolve(node)
            if schema is not None and not _has_format(description, schema):
                yield Breach(schema, {"name": name})


def _has_format(description: Description, schema: Node) -> bool:
    if not isinstance(schema.value, dict) or "format" in schema.value:
        return True
    parts = description.at(schema, "allOf")
    if parts is None or not isinstance(parts.value, list):
        return False
    return all("format" in part.mapping for _, part in description.each(parts))


RULE = Rule(
    id="nlgov:specify-format-for-date-and-time",
    severities=severities(in_2_2="error"),
    sentence=Sentence(
        nl="De eigenschap '{name}' is een datum en hoort een format te hebben.",
        en="The property '{name}' is a date and should have a format.",
    ),
    link=design_rule("date-time/format"),
    good={
        "components": {
            "schemas": {
                "Tree": {
                    "properties": {"plantDate": {"type": "string", "format": "date"}}
                }
            }
        }
    },
    bad={
        "components": {
            "schemas": {"Tree": {"properties": {"plantDate": {"type": "string"}}}}
        }
    },
    check=check,
)
