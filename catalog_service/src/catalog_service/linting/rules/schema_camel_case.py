"""The name of a schema is in UpperCamelCase."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..names import is_pascal_case
from ..rule import Breach, Rule, design_rule, severities
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield schemas under another kind of name."""
    schemas = description.component("schemas")
    for name, node in schemas.children() if schemas is not None else ():
        if not is_pascal_case(str(name)):
            yield Breach(node, {"name": name})


RULE = Rule(
    id="nlgov:schema-camel-case",
    severities=severities(in_2_1="warn", in_2_2="warn"),
    sentence=Sentence(
        nl="De naam van het schema '{name}' is niet in UpperCamelCase.",
        en="The name of the schema '{name}' is not in UpperCamelCase.",
    ),
    link=design_rule("doc-openapi"),
    good={"components": {"schemas": {"ParkTree": {}}}},
    bad={"components": {"schemas": {"park_tree": {}}}},
    check=check,
)
