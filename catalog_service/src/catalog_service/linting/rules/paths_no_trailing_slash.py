"""A path does not end with a slash.

The pattern of the official rule has a stray blank since 2.1, and matches nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..paths import breaches_of_paths
from ..rule import Breach, Rule, design_rule, everywhere
from ..rule_sets import RuleSet
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield paths with a slash at the end; the root is none of them."""
    yield from breaches_of_paths(
        description, lambda path: len(path) < 2 or path[-1] != "/"
    )


RULE = Rule(
    id="nlgov:paths-no-trailing-slash",
    severities=everywhere(),
    inert_in=frozenset({RuleSet.ADR_2_1, RuleSet.ADR_2_2}),
    sentence=Sentence(
        nl="Laat de schuine streep aan het eind van {path} weg.",
        en="Leave off the slash at the end of {path}.",
    ),
    link=design_rule("no-trailing-slash"),
    good={"paths": {"/trees": {}}},
    bad={"paths": {"/trees/": {}}},
    check=check,
)
