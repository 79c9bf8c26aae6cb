"""An example has a value, or says where it is."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, severities, specification
from ..sentences import Sentence

# OpenAPI 3.2 §4.19 tells the value apart from how it is written.
_SINCE_3_2 = ("dataValue", "serializedValue")


def check(description: Description) -> Iterator[Breach]:
    """Yield named examples with neither or both."""
    if not description.family.startswith("3"):
        return
    places = [description.component("examples")]
    places += [description.at(part.node, "examples") for part in description.parts]
    for place in places:
        for _, example in description.each(place):
            keys = example.mapping.keys()
            stated = keys & {"value", "externalValue", *_SINCE_3_2}
            if (isinstance(example.value, dict) and not stated) or {
                "value",
                "externalValue",
            } <= keys:
                yield Breach(example)


RULE = Rule(
    id="oas3-examples-value-or-externalValue",
    severities=severities(in_2_1="warn"),
    sentence=Sentence(
        nl="Een voorbeeld heeft óf value óf externalValue.",
        en="An example has either value or externalValue.",
    ),
    link=specification("example-object"),
    good={"openapi": "3.0.3", "components": {"examples": {"Oak": {"value": 1}}}},
    bad={"openapi": "3.0.3", "components": {"examples": {"Oak": {"summary": "Oak"}}}},
    check=check,
)
