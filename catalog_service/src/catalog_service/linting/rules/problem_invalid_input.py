"""An operation that takes input says that the input may be wrong."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from ..description import Description
from ..operations import Operation, Place
from ..rule import Breach, Rule, design_rule, severities
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield responses without 400, of GET and DELETE only when there are parameters.

    The official linter sees neither parameters of the path item, nor webhooks, nor the
    method QUERY.
    """
    for operation in description.operations:
        responses = description.at(operation.node, "responses")
        if responses is None or "400" in responses.mapping:
            continue
        takes = _takes_input(description, operation)
        if takes:
            elsewhere = operation.item.place not in (Place.PATH, Place.CALLBACK)
            yield Breach(
                responses,
                {"method": operation.method.upper()},
                stricter=elsewhere or takes is _Takes.UNSEEN,
            )


class _Takes(Enum):
    """Whether an operation takes input, and whether the official linter sees it."""

    SEEN = 1
    UNSEEN = 2


def _takes_input(description: Description, operation: Operation) -> _Takes | None:
    if operation.method in ("put", "post", "patch"):
        return _Takes.SEEN
    if operation.method == "query":
        return _Takes.UNSEEN
    if operation.method not in ("get", "delete"):
        return None
    own = description.at(operation.node, "parameters")
    if own is not None and own.listing:
        return _Takes.SEEN
    return _Takes.UNSEEN if any(description.parameters_of(operation)) else None


RULE = Rule(
    id="nlgov:problem-invalid-input",
    severities=severities(in_2_2="error"),
    sentence=Sentence(
        nl=(
            "De methode {method} kan onjuiste invoer krijgen en hoort een "
            "antwoord 400 te declareren."
        ),
        en=(
            "The method {method} may get wrong input and should declare a response 400."
        ),
    ),
    link=design_rule("error-handling/invalid-input"),
    good={"paths": {"/trees": {"post": {"responses": {"201": {}, "400": {}}}}}},
    bad={"paths": {"/trees": {"post": {"responses": {"201": {}}}}}},
    check=check,
)
