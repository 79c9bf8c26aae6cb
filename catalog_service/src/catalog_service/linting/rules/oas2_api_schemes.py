"""A Swagger document says by which protocol the API is reached."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, severities
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield the document without one."""
    if description.family == "2.0" and not description.root.mapping.get("schemes"):
        yield Breach(description.root)


RULE = Rule(
    id="oas2-api-schemes",
    severities=severities(in_2_1="warn"),
    sentence=Sentence(
        nl="Het document noemt geen protocol (schemes).",
        en="The document names no protocol (schemes).",
    ),
    link="https://spec.openapis.org/oas/v2.0.html#swagger-object",
    good={"swagger": "2.0", "schemes": ["https"]},
    bad={"swagger": "2.0"},
    check=check,
)
