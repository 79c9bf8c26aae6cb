"""The document fits the official schema of Swagger 2.0."""

from __future__ import annotations

from collections.abc import Iterator

from ..conformance import breaches_of_schema
from ..description import Description
from ..findings import Kind
from ..rule import Breach, Rule, everywhere
from ..rule_sets import RuleSet
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield what the official schema does not allow."""
    if description.family == "2.0":
        yield from breaches_of_schema(description.root, "2.0")


RULE = Rule(
    id="oas2-schema",
    severities=everywhere(),
    kind=Kind.VALIDITY,
    inert_in=frozenset({RuleSet.ADR_2_0, RuleSet.ADR_2_2}),
    sentence=Sentence(
        nl=("Het document voldoet niet aan het officiële schema van Swagger 2.0."),
        en="The document does not fit the official schema of Swagger 2.0.",
    ),
    link="https://spec.openapis.org/oas/v2.0.html#swagger-object",
    good={
        "swagger": "2.0",
        "info": {"title": "Trees", "version": "1.0.0"},
        "paths": {},
    },
    bad={"swagger": "2.0", "info": {"title": "Trees"}, "paths": {}},
    check=check,
)
