"""A variable in a path has a name."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..paths import breaches_of_paths
from ..rule import Breach, Rule, severities, specification
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield paths with empty braces."""
    yield from breaches_of_paths(description, lambda path: "{}" not in path)


RULE = Rule(
    id="path-declarations-must-exist",
    severities=severities(in_2_1="warn"),
    sentence=Sentence(
        nl="Het pad {path} heeft een variabele zonder naam.",
        en="The path {path} has a variable without a name.",
    ),
    link=specification("path-templating"),
    good={"paths": {"/trees/{id}": {}}},
    bad={"paths": {"/trees/{}": {}}},
    check=check,
)
