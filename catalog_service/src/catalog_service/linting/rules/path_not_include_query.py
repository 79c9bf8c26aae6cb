"""A path has no query."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..paths import breaches_of_paths
from ..rule import Breach, Rule, severities, specification
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield paths with a question mark."""
    yield from breaches_of_paths(description, lambda path: "?" not in path)


RULE = Rule(
    id="path-not-include-query",
    severities=severities(in_2_1="warn"),
    sentence=Sentence(
        nl="Het pad {path} bevat een query: declareer queryparameters.",
        en="The path {path} has a query: declare query parameters.",
    ),
    link=specification("paths-object"),
    good={"paths": {"/trees": {}}},
    bad={"paths": {"/trees?page=1": {}}},
    check=check,
)
