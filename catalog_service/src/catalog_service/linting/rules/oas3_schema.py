"""The document fits the official schema of OpenAPI 3."""

from __future__ import annotations

from collections.abc import Iterator

from ..conformance import breaches_of_schema
from ..description import Description
from ..findings import Kind
from ..rule import Breach, Rule, everywhere, specification
from ..sentences import Sentence

_UNKNOWN = Sentence(
    "De versie {version} van OpenAPI is niet bekend.",
    "The version {version} of OpenAPI is not known.",
)


def check(description: Description) -> Iterator[Breach]:
    """Yield what the official schema of its version does not allow."""
    stated = description.root.child("openapi")
    if stated is None:
        return
    if description.family:
        yield from breaches_of_schema(description.root, description.family)
    else:
        yield Breach(stated, {"version": stated.value}, _UNKNOWN)


RULE = Rule(
    id="oas3-schema",
    severities=everywhere(),
    kind=Kind.VALIDITY,
    sentence=Sentence(
        nl="Het document voldoet niet aan het officiële schema van OpenAPI.",
        en="The document does not fit the official schema of OpenAPI.",
    ),
    link=specification("openapi-object"),
    good={
        "openapi": "3.0.3",
        "info": {"title": "Trees", "version": "1.0.0"},
        "paths": {},
    },
    bad={"openapi": "3.0.3", "info": {"title": "Trees"}, "paths": {}},
    check=check,
)
