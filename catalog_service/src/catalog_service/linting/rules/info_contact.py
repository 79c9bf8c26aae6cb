"""The document says whom to turn to."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, design_rule, severities
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield `info` when it has no contact."""
    stated = description.at(description.root, "info")
    if stated is None or stated.mapping.get("contact") is None:
        yield Breach(stated or description.root)


RULE = Rule(
    id="info-contact",
    severities=severities(in_2_1="error", in_2_2="error"),
    sentence=Sentence(
        nl="Het document noemt geen contact (info.contact).",
        en="The document names no contact (info.contact).",
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
    bad={"info": {"title": "Trees"}},
    check=check,
)
