"""A property that is called a date has no time of day."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..names import is_date_name
from ..nodes import Node
from ..pointers import Keys
from ..rule import Breach, Rule, design_rule, severities
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield the format `date-time` of dates by name, or of what they consist of."""
    for name, node in description.properties:
        if not is_date_name(name):
            continue
        for schema in _parts(description, node):
            found = schema.child("format")
            if found is not None and found.value == "date-time":
                yield Breach(found, {"name": name})


def _parts(description: Description, node: Node) -> Iterator[Node]:
    """Yield a schema, its items and its alternatives, but not its properties."""
    waiting: list[Node | None] = [description.references.resolve(node)]
    seen: set[Keys] = set()
    while waiting:
        schema = waiting.pop()
        if schema is None or schema.keys in seen or not isinstance(schema.value, dict):
            continue
        seen.add(schema.keys)
        yield schema
        waiting.append(description.at(schema, "items"))
        for keyword in ("allOf", "anyOf", "oneOf"):
            parts = description.each(description.at(schema, keyword))
            waiting.extend(part for _, part in parts)


RULE = Rule(
    id="nlgov:use-date-instead-of-datetime",
    severities=severities(in_2_2="error"),
    sentence=Sentence(
        nl="De eigenschap '{name}' is een datum: gebruik date, niet date-time.",
        en="The property '{name}' is a date: use date, not date-time.",
    ),
    link=design_rule("date-time/date-omit-time-portion"),
    good={
        "components": {
            "schemas": {"Tree": {"properties": {"plantDate": {"format": "date"}}}}
        }
    },
    bad={
        "components": {
            "schemas": {"Tree": {"properties": {"plantDate": {"format": "date-time"}}}}
        }
    },
    check=check,
)
