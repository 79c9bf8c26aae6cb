"""The id of an operation can stand in a URL."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..description import Description
from ..rule import Breach, Rule, severities, specification
from ..sentences import Sentence

_URL_CHARACTERS = re.compile(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]*")


def check(description: Description) -> Iterator[Breach]:
    """Yield ids with other characters than those of RFC 3986 §2."""
    for operation in description.operations:
        node = operation.node.child("operationId")
        if node is None or not isinstance(node.value, str):
            continue
        if not _URL_CHARACTERS.fullmatch(node.value):
            yield Breach(node, {"id": node.value})


RULE = Rule(
    id="operation-operationId-valid-in-url",
    severities=severities(in_2_1="warn"),
    sentence=Sentence(
        nl=("De operationId '{id}' heeft tekens die niet in een URL kunnen staan."),
        en="The operationId '{id}' has characters that cannot stand in a URL.",
    ),
    link=specification("operation-object"),
    good={"paths": {"/trees": {"get": {"operationId": "listTrees"}}}},
    bad={"paths": {"/trees": {"get": {"operationId": "list trees"}}}},
    check=check,
)
