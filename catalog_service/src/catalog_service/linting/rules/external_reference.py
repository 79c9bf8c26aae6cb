"""References lead out of the document: they are not followed."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..findings import Kind
from ..rule import Breach, Rule, severities, specification
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield references to elsewhere; `#name` is an anchor within the document."""
    for node in description.reference_nodes:
        reference = node.value
        if isinstance(reference, str) and not reference.startswith("#"):
            yield Breach(node, {"reference": reference})


RULE = Rule(
    id="kade:external-reference",
    severities=severities(in_2_0="info", in_2_1="info", in_2_2="info"),
    kind=Kind.VALIDITY,
    sentence=Sentence(
        nl=(
            "De verwijzing {reference} leidt naar buiten het document en is "
            "niet gevolgd."
        ),
        en=(
            "The reference {reference} leads out of the document and was not followed."
        ),
    ),
    link=specification("reference-object"),
    good={
        "components": {
            "schemas": {"Tree": {}, "Oak": {"$ref": "#/components/schemas/Tree"}}
        }
    },
    bad={"components": {"schemas": {"Oak": {"$ref": "https://example.org/tree.json"}}}},
    check=check,
)
