"""The document follows OpenAPI 3.0: rule set 2.1 knows no later version."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, design_rule, severities
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield a version that is not 3.0."""
    node = description.root.child("openapi")
    if node is not None and not str(node.value).startswith("3.0"):
        yield Breach(node, {"version": node.value})


RULE = Rule(
    id="nlgov:openapi3",
    severities=severities(in_2_1="error"),
    sentence=Sentence(
        nl="Gebruik OpenAPI 3.0; de versie is nu {version}.",
        en="Use OpenAPI 3.0; the version is {version} now.",
    ),
    link=design_rule("doc-openapi"),
    good={"openapi": "3.0.3"},
    bad={"openapi": "3.1.0"},
    check=check,
)
