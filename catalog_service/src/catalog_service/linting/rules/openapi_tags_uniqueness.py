"""Every tag is declared once."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..findings import Kind
from ..rule import Breach, Rule, everywhere, specification
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield names that were declared before."""
    seen: set[str] = set()
    for _, tag in description.each(description.at(description.root, "tags")):
        name = tag.child("name")
        if name is None or not isinstance(name.value, str):
            continue
        if name.value in seen:
            yield Breach(name, {"name": name.value})
        seen.add(name.value)


RULE = Rule(
    id="openapi-tags-uniqueness",
    severities=everywhere(),
    kind=Kind.VALIDITY,
    sentence=Sentence(
        nl="De tag '{name}' is meer dan eens gedeclareerd.",
        en="The tag '{name}' is declared more than once.",
    ),
    link=specification("tag-object"),
    good={"tags": [{"name": "trees"}, {"name": "parks"}]},
    bad={"tags": [{"name": "trees"}, {"name": "trees"}]},
    check=check,
)
