"""The document of the API may be read by pages from anywhere."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, design_rule, severities
from ..sentences import Sentence

_HEADER = "access-control-allow-origin"


def check(description: Description) -> Iterator[Breach]:
    """Yield headers of its successful responses; any spelling of this one will do."""
    responses = description.at(
        description.root, "paths", "/openapi.json", "get", "responses"
    )
    for status, response in description.each(responses):
        headers = description.at(response, "headers")
        if headers is None or str(status)[:1] not in ("2", "3"):
            continue
        if _HEADER not in {str(name).lower() for name in headers.mapping}:
            yield Breach(headers)


RULE = Rule(
    id="nlgov:paths-open-api-json-specify-cors-header",
    severities=severities(in_2_1="error"),
    sentence=Sentence(
        nl=(
            "Het antwoord van /openapi.json mist de header access-control-allow-origin."
        ),
        en=(
            "The response of /openapi.json lacks the header access-control-"
            "allow-origin."
        ),
    ),
    link=design_rule("publish-openapi"),
    good={
        "paths": {
            "/openapi.json": {
                "get": {
                    "responses": {
                        "200": {"headers": {"access-control-allow-origin": {}}}
                    }
                }
            }
        }
    },
    bad={
        "paths": {
            "/openapi.json": {
                "get": {"responses": {"200": {"headers": {"API-Version": {}}}}}
            }
        }
    },
    check=check,
)
