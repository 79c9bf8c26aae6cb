"""The example and the default of a schema fit it."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..matching import matcher_of
from ..rule import Breach, Rule, everywhere, specification
from ..sentences import Sentence

# The official linter passes over schemas that have none of these.
_SEEN = frozenset({"enum", "type", "format", "$ref", "properties", "items"})


def check(description: Description) -> Iterator[Breach]:
    """Yield the first fault of each example or default that does not fit."""
    if not description.family.startswith("3"):
        return
    matcher = matcher_of(description)
    for schema in description.schemas:
        stricter = not _SEEN & schema.value.keys()
        for example in filter(None, map(schema.child, ("example", "default"))):
            fault = matcher.first_fault(schema, example)
            if fault is not None:
                yield Breach(fault.node, fault.words, fault.sentence, stricter)


RULE = Rule(
    id="oas3-valid-schema-example",
    severities=everywhere(),
    sentence=Sentence(
        nl="Het voorbeeld of de standaardwaarde past niet bij het schema.",
        en="The example or the default does not fit the schema.",
    ),
    link=specification("schema-object"),
    good={
        "openapi": "3.0.3",
        "components": {"schemas": {"Height": {"type": "number", "example": 3.5}}},
    },
    bad={
        "openapi": "3.0.3",
        "components": {"schemas": {"Height": {"type": "number", "example": "tall"}}},
    },
    check=check,
)
