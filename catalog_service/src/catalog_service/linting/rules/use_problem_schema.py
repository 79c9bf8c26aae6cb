"""An error is a problem (RFC 9457)."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..problems import PROBLEM_TYPES
from ..rule import Breach, Rule, design_rule, severities
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield the content of errors that has neither media type."""
    for response in description.responses:
        content = description.at(response.node, "content")
        if content is None or not isinstance(content.value, dict):
            continue
        if response.is_error and not PROBLEM_TYPES & content.value.keys():
            yield Breach(content, stricter=not response.is_exact)


RULE = Rule(
    id="nlgov:use-problem-schema",
    severities=severities(in_2_1="warn", in_2_2="error"),
    sentence=Sentence(
        nl=(
            "Een foutantwoord hoort application/problem+json of "
            "application/problem+xml te zijn."
        ),
        en=(
            "An error response should be application/problem+json or "
            "application/problem+xml."
        ),
    ),
    link=design_rule("error-handling/problem-details"),
    good={
        "paths": {
            "/trees": {
                "get": {
                    "responses": {"404": {"content": {"application/problem+json": {}}}}
                }
            }
        }
    },
    bad={
        "paths": {
            "/trees": {
                "get": {"responses": {"404": {"content": {"application/json": {}}}}}
            }
        }
    },
    check=check,
)
