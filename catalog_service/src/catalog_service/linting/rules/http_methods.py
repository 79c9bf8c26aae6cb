"""Only get, put, post, delete and patch are used.

The official rule selects paths with `summary` or `description` in their name, and so
never sees a method.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, design_rule, everywhere
from ..rule_sets import RuleSet
from ..sentences import Sentence

# The five methods, and what else a path item has (OpenAPI 3.2 §4.9).
_ALLOWED = frozenset(
    {
        "get", "put", "post", "delete", "patch", "parameters", "summary", "description",
        "servers", "$ref", "additionalOperations",
    }
)  # fmt: skip


def check(description: Description) -> Iterator[Breach]:
    """Yield other methods, known to OpenAPI or not, wherever path items stand."""
    for item in description.distinct_items:
        for key, node in item.node.children():
            name = str(key)
            if name not in _ALLOWED and not name.startswith("x-"):
                yield Breach(node, {"method": name.upper()})
        for key, node in description.each(
            description.at(item.node, "additionalOperations")
        ):
            yield Breach(node, {"method": str(key).upper()})


RULE = Rule(
    id="nlgov:http-methods",
    severities=everywhere(),
    inert_in=frozenset(RuleSet),
    sentence=Sentence(
        nl=(
            "De methode {method} hoort niet bij de standaardmethoden van de "
            "ontwerpregels."
        ),
        en=("The method {method} is none of the standard methods of the design rules."),
    ),
    link=design_rule("http-methods"),
    good={"paths": {"/trees": {"get": {}}}},
    bad={"paths": {"/trees": {"trace": {}}}},
    check=check,
)
