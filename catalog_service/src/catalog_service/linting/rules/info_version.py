"""The document says which version of the API it describes."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, design_rule, severities
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield `info` when it has no version."""
    stated = description.root.child("info")
    if stated is not None and "version" not in stated.mapping:
        yield Breach(stated)


RULE = Rule(
    id="info-version",
    severities=severities(in_2_0="error"),
    sentence=Sentence(
        nl="De versie van de API (info.version) ontbreekt.",
        en="The version of the API (info.version) is missing.",
    ),
    link=design_rule("semver"),
    good={"info": {"version": "1.0.0"}},
    bad={"info": {"title": "Trees"}},
    check=check,
)
