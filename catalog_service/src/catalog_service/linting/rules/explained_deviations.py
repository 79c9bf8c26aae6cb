"""What explains a deviation names a design rule and a reason."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..explanations import EXTENSION, MAX_EXPLANATIONS, each_explanation
from ..rule import Breach, Rule, severities, specification
from ..sentences import Sentence

_LIST = Sentence(
    "De uitleg van afwijkingen moet een lijst zijn van ten hoogste {count}.",
    "What explains deviations must be a list of at most {count}.",
)


def check(description: Description) -> Iterator[Breach]:
    """Yield entries that explain nothing."""
    node = description.root.child(EXTENSION)
    if node is None:
        return
    if not isinstance(node.value, list) or len(node.value) > MAX_EXPLANATIONS:
        yield Breach(node, {"count": MAX_EXPLANATIONS}, _LIST)
    for number, explanation in each_explanation(description.root.value):
        entry = node.child(number)
        if explanation is None and entry is not None:
            yield Breach(entry)


RULE = Rule(
    id="kade:explained-deviations",
    severities=severities(in_2_0="warn", in_2_1="warn", in_2_2="warn"),
    sentence=Sentence(
        nl="De uitleg noemt geen ontwerpregel (rule) met een reden (reason).",
        en="The explanation names no design rule (rule) with a reason (reason).",
    ),
    link=specification("specification-extensions"),
    good={EXTENSION: [{"rule": "nlgov:semver", "reason": "Numbered by year."}]},
    bad={EXTENSION: [{"rule": "nlgov:semver"}]},
    check=check,
)
