"""A time of day has no offset from UTC."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, design_rule, severities
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield the format of properties that are times of day with time zone."""
    for name, node in description.properties:
        schema = description.references.resolve(node)
        found = schema.child("format") if schema is not None else None
        if found is not None and found.value == "time":
            yield Breach(found, {"name": name})


RULE = Rule(
    id="nlgov:time-without-timezone",
    severities=severities(in_2_2="error"),
    sentence=Sentence(
        nl=("De eigenschap '{name}' is een tijd met tijdzone: gebruik time-local."),
        en="The property '{name}' is a time with time zone: use time-local.",
    ),
    link=design_rule("date-time/format"),
    good={
        "components": {
            "schemas": {"Tree": {"properties": {"opensAt": {"format": "time-local"}}}}
        }
    },
    bad={
        "components": {
            "schemas": {"Tree": {"properties": {"opensAt": {"format": "time"}}}}
        }
    },
    check=check,
)
