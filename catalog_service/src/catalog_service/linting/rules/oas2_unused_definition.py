"""A definition is used somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, severities
from ..sentences import Sentence
from ..unused import breaches_of_unused, used_places


def check(description: Description) -> Iterator[Breach]:
    """Yield definitions that no reference leads to, or into."""
    if description.family == "2.0":
        used = used_places(description, depth=2)
        yield from breaches_of_unused(description, ("definitions",), used)


RULE = Rule(
    id="oas2-unused-definition",
    severities=severities(in_2_1="warn"),
    sentence=Sentence(
        nl="De definitie '{name}' wordt nergens gebruikt.",
        en="The definition '{name}' is used nowhere.",
    ),
    link="https://spec.openapis.org/oas/v2.0.html#definitions-object",
    good={
        "swagger": "2.0",
        "definitions": {"Tree": {}},
        "responses": {"Found": {"schema": {"$ref": "#/definitions/Tree"}}},
    },
    bad={"swagger": "2.0", "definitions": {"Tree": {}}},
    check=check,
)
