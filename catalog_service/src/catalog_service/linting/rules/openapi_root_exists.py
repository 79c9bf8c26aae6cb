"""The document says which version of OpenAPI it follows."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, design_rule, severities
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield the document when it does not say so."""
    if not description.root.mapping.get("openapi"):
        yield Breach(description.root)


RULE = Rule(
    id="nlgov:openapi-root-exists",
    severities=severities(in_2_2="error"),
    sentence=Sentence(
        nl="De eigenschap 'openapi' ontbreekt bovenaan het document.",
        en="The property 'openapi' is missing at the top of the document.",
    ),
    link=design_rule("doc-openapi"),
    good={"openapi": "3.1.0"},
    bad={"swagger": "2.0"},
    check=check,
)
