"""A response that succeeds declares headers."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, design_rule, everywhere
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield responses of 2xx and 3xx without headers; ranges and `default` as well."""
    for response in description.responses:
        if response.is_success and response.node.mapping.get("headers") is None:
            yield Breach(response.node, stricter=not response.is_exact)


RULE = Rule(
    id="nlgov:missing-header",
    severities=everywhere(),
    sentence=Sentence(
        nl=(
            "Het antwoord declareert geen headers: noem de volledige versie in "
            "API-Version."
        ),
        en=("The response declares no headers: give the full version in API-Version."),
    ),
    link=design_rule("version-header"),
    good={
        "paths": {
            "/trees": {"get": {"responses": {"200": {"headers": {"API-Version": {}}}}}}
        }
    },
    bad={
        "paths": {"/trees": {"get": {"responses": {"200": {"description": "Trees"}}}}}
    },
    check=check,
)
