"""A Swagger document says where the API is."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, severities
from ..sentences import Sentence


def check(description: Description) -> Iterator[Breach]:
    """Yield the document without one."""
    if description.family == "2.0" and not description.root.mapping.get("host"):
        yield Breach(description.root)


RULE = Rule(
    id="oas2-api-host",
    severities=severities(in_2_1="warn"),
    sentence=Sentence(
        nl="Het document noemt geen host.",
        en="The document names no host.",
    ),
    link="https://spec.openapis.org/oas/v2.0.html#swagger-object",
    good={"swagger": "2.0", "host": "api.example.org"},
    bad={"swagger": "2.0"},
    check=check,
)
