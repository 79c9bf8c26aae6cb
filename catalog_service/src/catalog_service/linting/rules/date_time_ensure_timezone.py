"""A moment has an offset from UTC."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, design_rule, severities
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield the format of properties that are moments without time zone."""
    for name, node in description.properties:
        schema = description.references.resolve(node)
        found = schema.child("format") if schema is not None else None
        if found is not None and found.value == "date-time-local":
            yield Breach(found, {"name": name})


RULE = Rule(
    id="nlgov:date-time-ensure-timezone",
    severities=severities(in_2_2="error"),
    sentence=Sentence(
        nl=(
            "De eigenschap '{name}' is een tijdstip zonder tijdzone: gebruik date-time."
        ),
        en=("The property '{name}' is a moment without time zone: use date-time."),
    ),
    link=design_rule("date-time/timezone"),
    good={
        "components": {
            "schemas": {"Tree": {"properties": {"measuredAt": {"format": "date-time"}}}}
        }
    },
    bad={
        "components": {
            "schemas": {
                "Tree": {"properties": {"measuredAt": {"format": "date-time-local"}}}
            }
        }
    },
    check=check,
)
