"""A property is in lowerCamelCase.

The official rule selects properties called `_links` only.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..names import is_camel_case
from ..rule import Breach, Rule, design_rule, severities
from ..rule_sets import RuleSet
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield properties of any schema; a leading `_` is that of HAL, `@` of JSON-LD."""
    for name, node in description.properties:
        if not is_camel_case(name.lstrip("_@$")):
            yield Breach(node, {"name": name})


RULE = Rule(
    id="nlgov:property-casing",
    severities=severities(in_2_1="warn", in_2_2="warn"),
    inert_in=frozenset(RuleSet),
    sentence=Sentence(
        nl="De eigenschap '{name}' is niet in lowerCamelCase.",
        en="The property '{name}' is not in lowerCamelCase.",
    ),
    link=design_rule("doc-openapi"),
    good={
        "components": {
            "schemas": {"Tree": {"properties": {"plantedIn": {}, "_links": {}}}}
        }
    },
    bad={"components": {"schemas": {"Tree": {"properties": {"planted_in": {}}}}}},
    check=check,
)
