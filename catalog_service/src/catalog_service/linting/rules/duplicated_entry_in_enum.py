"""An allowed value is listed once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, severities, specification
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield the lists in which a value comes back."""
    for schema in description.schemas:
        listed = schema.child("enum")
        if listed is None or not isinstance(listed.value, list):
            continue
        texts = Counter(json.dumps(value, sort_keys=True) for value in listed.value)
        for text, count in texts.items():
            if count > 1:
                yield Breach(listed, {"value": text})


RULE = Rule(
    id="duplicated-entry-in-enum",
    severities=severities(in_2_1="warn"),
    sentence=Sentence(
        nl="De waarde {value} staat er meer dan eens.",
        en="The value {value} is listed more than once.",
    ),
    link=specification("schema-object"),
    good={"components": {"schemas": {"Tree": {"enum": ["oak", "elm"]}}}},
    bad={"components": {"schemas": {"Tree": {"enum": ["oak", "oak"]}}}},
    check=check,
)
