"""A query parameter is in lowerCamelCase."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..names import is_camel_case
from ..nodes import Node
from ..operations import Place
from ..rule import Breach, Rule, design_rule, severities
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield names of query parameters and of API keys in the query.

    The official linter passes over those of a path item and of webhooks.
    """
    for operation in description.operations:
        elsewhere = operation.item.place is not Place.PATH
        for parameter in description.parameters_of(operation):
            yield from _breaches(parameter.node, stricter=parameter.shared or elsewhere)
    for _, scheme in description.each(description.component("securitySchemes")):
        yield from _breaches(scheme, stricter=False)


def _breaches(node: Node, *, stricter: bool) -> Iterator[Breach]:
    name = node.child("name")
    if node.mapping.get("in") != "query" or name is None:
        return
    if isinstance(name.value, str) and not is_camel_case(name.value.removeprefix("$")):
        yield Breach(name, {"name": name.value}, stricter=stricter)


RULE = Rule(
    id="nlgov:query-keys-camel-case",
    severities=severities(in_2_2="error"),
    sentence=Sentence(
        nl="De queryparameter '{name}' is niet in lowerCamelCase.",
        en="The query parameter '{name}' is not in lowerCamelCase.",
    ),
    link=design_rule("query-keys-camel-case"),
    good={
        "paths": {
            "/trees": {"get": {"parameters": [{"name": "pageSize", "in": "query"}]}}
        }
    },
    bad={
        "paths": {
            "/trees": {"get": {"parameters": [{"name": "page_size", "in": "query"}]}}
        }
    },
    check=check,
)
