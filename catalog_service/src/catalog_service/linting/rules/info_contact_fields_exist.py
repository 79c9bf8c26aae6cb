"""The contact has a name, an e-mail address and a URL."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, design_rule, severities
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield a contact that lacks some of them."""
    contact = description.at(description.root, "info", "contact")
    if contact is None or not isinstance(contact.value, dict):
        return
    missing = [name for name in ("name", "email", "url") if name not in contact.value]
    if missing:
        yield Breach(contact, {"names": ", ".join(missing)})


RULE = Rule(
    id="nlgov:info-contact-fields-exist",
    severities=severities(in_2_1="error", in_2_2="error"),
    sentence=Sentence(
        nl="Het contact mist: {names}.",
        en="The contact lacks: {names}.",
    ),
    link=design_rule("doc-openapi-contact"),
    good={
        "info": {
            "contact": {
                "name": "Parks",
                "email": "a@example.org",
                "url": "https://example.org",
            }
        }
    },
    bad={"info": {"contact": {"name": "Parks"}}},
    check=check,
)
