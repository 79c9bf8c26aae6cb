"""A path does not end with a slash."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..paths import breaches_of_paths
from ..rule import Breach, Rule, design_rule, severities
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield paths with a slash at the end; the root is none of them."""
    yield from breaches_of_paths(
        description, lambda path: len(path) < 2 or path[-1] != "/"
    )


RULE = Rule(
    id="path-keys-no-trailing-slash",
    severities=severities(in_2_1="warn", in_2_2="error"),
    sentence=Sentence(
        nl="Het pad {path} eindigt op een schuine streep.",
        en="The path {path} ends with a slash.",
    ),
    link=design_rule("no-trailing-slash"),
    good={"paths": {"/trees": {}}},
    bad={"paths": {"/trees/": {}}},
    check=check,
)
