"""The API serves its own document, and says so."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, design_rule, severities
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield `paths` without it."""
    paths = description.root.child("paths")
    if paths is not None and not paths.mapping.get("/openapi.json"):
        yield Breach(paths)


RULE = Rule(
    id="nlgov:paths-open-api-json-resource-exists",
    severities=severities(in_2_1="error"),
    sentence=Sentence(
        nl="Het pad /openapi.json, dat dit document levert, ontbreekt.",
        en="The path /openapi.json, which serves this document, is missing.",
    ),
    link=design_rule("publish-openapi"),
    good={"paths": {"/openapi.json": {"get": {}}}},
    bad={"paths": {"/trees": {"get": {}}}},
    check=check,
)
