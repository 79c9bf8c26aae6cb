"""An operation declares a parameter once."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, severities, specification
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield parameters of the same name and place as one before them."""
    for operation in description.operations:
        seen: set[tuple[str, str]] = set()
        for parameter in description.parameters_of(operation):
            if parameter.shared or not isinstance(parameter.name, str):
                continue
            key = (parameter.name, str(parameter.location))
            if key in seen:
                yield Breach(parameter.node, {"name": key[0], "place": key[1]})
            seen.add(key)


RULE = Rule(
    id="operation-parameters",
    severities=severities(in_2_1="warn"),
    sentence=Sentence(
        nl="De parameter '{name}' in {place} is meer dan eens gedeclareerd.",
        en="The parameter '{name}' in {place} is declared more than once.",
    ),
    link=specification("parameter-object"),
    good={
        "paths": {"/trees": {"get": {"parameters": [{"name": "page", "in": "query"}]}}}
    },
    bad={
        "paths": {
            "/trees": {
                "get": {
                    "parameters": [
                        {"name": "page", "in": "query"},
                        {"name": "page", "in": "query"},
                    ]
                }
            }
        }
    },
    check=check,
)
