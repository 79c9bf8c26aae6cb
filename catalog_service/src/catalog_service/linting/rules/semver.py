"""The version of the API is a semantic version."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, design_rule, severities
from ..sentences import Sentence

_LONGEST = 200
_NUMBER = r"(?:0|[1-9][0-9]*)"
_LABEL = r"(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)"
_VERSION = re.compile(
    rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(?:-{_LABEL}(?:\.{_LABEL})*)?"
    r"(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?"
)


def check(description: Description) -> Iterator[Breach]:
    """Yield a version that does not follow semver.org 2.0.0."""
    node = description.at(description.root, "info", "version")
    if node is None or not isinstance(node.value, str):
        return
    if len(node.value) > _LONGEST or not _VERSION.fullmatch(node.value):
        yield Breach(node, {"version": node.value})


RULE = Rule(
    id="nlgov:semver",
    severities=severities(in_2_0="error", in_2_2="error"),
    sentence=Sentence(
        nl="De versie {version} is geen semantische versie, zoals 1.2.3.",
        en="The version {version} is no semantic version, such as 1.2.3.",
    ),
    link=design_rule("semver"),
    good={"info": {"version": "1.2.3"}},
    bad={"info": {"version": "1.2"}},
    check=check,
)
