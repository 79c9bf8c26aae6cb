"""Every reference within the document leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..findings import Kind
from ..pointers import is_internal
from ..rule import Breach, Rule, everywhere, specification
from ..sentences import Sentence

_NO_TEXT = Sentence("Een verwijzing moet tekst zijn.", "A reference must be a text.")
_CIRCULAR = Sentence(
    "De verwijzing {reference} leidt naar zichzelf.",
    "The reference {reference} leads back to itself.",
)


def check(description: Description) -> Iterator[Breach]:
    """Yield references that are no text, lead nowhere, or only to themselves."""
    references = description.references
    for node in description.reference_nodes:
        reference = node.value
        if not isinstance(reference, str):
            yield Breach(node, {}, _NO_TEXT)
        elif references.is_circular(reference):
            yield Breach(node, {"reference": reference}, _CIRCULAR)
        elif is_internal(reference) and references.target(reference) is None:
            yield Breach(node, {"reference": reference})


RULE = Rule(
    id="invalid-ref",
    severities=everywhere(),
    kind=Kind.VALIDITY,
    sentence=Sentence(
        nl="Op de plaats {reference} staat niets.",
        en="Nothing stands at {reference}.",
    ),
    link=specification("reference-object"),
    good={
        "components": {
            "schemas": {"Tree": {}, "Oak": {"$ref": "#/components/schemas/Tree"}}
        }
    },
    bad={"components": {"schemas": {"Oak": {"$ref": "#/components/schemas/Tree"}}}},
    check=check,
)
