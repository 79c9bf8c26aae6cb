"""A response that succeeds declares the header API-Version."""

from __future__ import annotations

from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, design_rule, everywhere
from ..sentences import Sentence

# Headers have no case (RFC 9110 §5.1), but the rule set knows only these spellings.
_SPELLINGS = frozenset(
    {"API-Version", "Api-Version", "Api-version", "api-version", "API-version"}
)


def check(description: Description) -> Iterator[Breach]:
    """Yield the headers of responses of 2xx and 3xx that have not this one."""
    for response in description.responses:
        headers = description.at(response.node, "headers")
        if headers is None or not isinstance(headers.value, dict):
            continue
        if response.is_success and not _SPELLINGS & headers.value.keys():
            yield Breach(headers, stricter=not response.is_exact)


RULE = Rule(
    id="nlgov:missing-version-header",
    severities=everywhere(),
    sentence=Sentence(
        nl="De header API-Version ontbreekt: geef de volledige versie mee.",
        en="The header API-Version is missing: send the full version along.",
    ),
    link=design_rule("version-header"),
    good={
        "paths": {
            "/trees": {"get": {"responses": {"200": {"headers": {"API-Version": {}}}}}}
        }
    },
    bad={
        "paths": {"/trees": {"get": {"responses": {"200": {"headers": {"ETag": {}}}}}}}
    },
    check=check,
)
