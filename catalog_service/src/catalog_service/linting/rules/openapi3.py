"""The document follows OpenAPI 3."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, design_rule, severities
from ..sentences import Sentence

_VERSION = re.compile(r"3(?:\.[0-9]{1,9}){1,2}")


def check(description: Description) -> Iterator[Breach]:
    """Yield a version that is not 3.x or 3.x.y."""
    node = description.root.child("openapi")
    if node is not None and not _VERSION.fullmatch(str(node.value)):
        yield Breach(node, {"version": node.value})


RULE = Rule(
    id="nlgov:openapi3",
    severities=severities(in_2_2="error"),
    sentence=Sentence(
        nl="Gebruik OpenAPI 3; de versie is nu {version}.",
        en="Use OpenAPI 3; the version is {version} now.",
    ),
    link=design_rule("doc-openapi"),
    good={"openapi": "3.1.0"},
    bad={"openapi": "4.0.0"},
    check=check,
)
