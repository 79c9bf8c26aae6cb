"""A description runs no code."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, severities, specification
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield titles and descriptions with it."""
    for node in description.texts:
        if "<script" in node.value:
            yield Breach(node)


RULE = Rule(
    id="no-script-tags-in-markdown",
    severities=severities(in_2_1="warn"),
    sentence=Sentence(
        nl="De tekst bevat een script.",
        en="The text holds a script.",
    ),
    link=specification("rich-text-formatting"),
    good={"info": {"description": "Trees"}},
    bad={"info": {"description": "<script>"}},
    check=check,
)
