"""The document says what the API is for."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, severities, specification
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield `info` without description."""
    stated = description.at(description.root, "info")
    text = stated.child("description") if stated is not None else None
    if text is None or not text.value:
        yield Breach(text or stated or description.root)


RULE = Rule(
    id="info-description",
    severities=severities(in_2_1="warn"),
    sentence=Sentence(
        nl="De API heeft geen beschrijving (info.description).",
        en="The API has no description (info.description).",
    ),
    link=specification("info-object"),
    good={"info": {"description": "Trees in parks"}},
    bad={"info": {"title": "Trees"}},
    check=check,
)
