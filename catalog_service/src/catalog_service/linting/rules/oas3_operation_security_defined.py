"""What an operation asks to be let in is declared."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, severities, specification
from ..security import breaches_of_security
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield schemes and scopes that the document does not declare."""
    if description.family.startswith("3"):
        schemes = description.component("securitySchemes")
        yield from breaches_of_security(description, schemes)


RULE = Rule(
    id="oas3-operation-security-defined",
    severities=severities(in_2_1="warn"),
    sentence=Sentence(
        nl="Het beveiligingsschema '{name}' is niet gedeclareerd.",
        en="The security scheme '{name}' is not declared.",
    ),
    link=specification("security-requirement-object"),
    good={
        "openapi": "3.0.3",
        "security": [{"key": []}],
        "components": {"securitySchemes": {"key": {}}},
    },
    bad={"openapi": "3.0.3", "security": [{"key": []}]},
    check=check,
)
