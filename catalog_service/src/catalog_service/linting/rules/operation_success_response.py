"""An operation has a response for when it succeeds."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, severities, specification
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield responses of which none is for success."""
    for operation in description.operations:
        responses = description.at(operation.node, "responses")
        if responses is None or not isinstance(responses.value, dict):
            continue
        if not any(str(status)[:1] in ("2", "3") for status in responses.value):
            yield Breach(responses)


RULE = Rule(
    id="operation-success-response",
    severities=severities(in_2_1="warn"),
    sentence=Sentence(
        nl="De operatie heeft geen antwoord 2xx of 3xx.",
        en="The operation has no response 2xx or 3xx.",
    ),
    link=specification("responses-object"),
    good={"paths": {"/trees": {"get": {"responses": {"200": {}}}}}},
    bad={"paths": {"/trees": {"get": {"responses": {"404": {}}}}}},
    check=check,
)
