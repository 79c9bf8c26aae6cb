"""The variables of servers are declared, used, and have a proper default."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..description import Description
from ..findings import Kind
from ..nodes import Node
from ..pointers import Key
from ..rule import Breach, Rule, everywhere, specification
from ..sentences import Sentence
from ..servers import servers_of

_VARIABLE = re.compile(r"\{([^{}]*)\}")
_UNDECLARED = Sentence(
    "De variabele '{name}' in de URL van de server is niet gedeclareerd.",
    "The variable '{name}' in the URL of the server is not declared.",
)
_UNUSED = Sentence(
    "De variabele '{name}' komt niet voor in de URL van de server.",
    "The variable '{name}' is not in the URL of the server.",
)
_NO_DEFAULT = Sentence(
    "De variabele '{name}' van de server heeft geen standaardwaarde.",
    "The variable '{name}' of the server has no default.",
)
_STRANGE_DEFAULT = Sentence(
    "De standaardwaarde van '{name}' is geen van de toegestane waarden.",
    "The default of '{name}' is none of the allowed values.",
)


def check(description: Description) -> Iterator[Breach]:
    """Yield faults of the servers of the document, its paths and operations."""
    if not description.family.startswith("3"):
        return
    for server in servers_of(description):
        url = server.mapping.get("url")
        if isinstance(url, str):
            yield from _faults(server, set(_VARIABLE.findall(url)))


def _faults(server: Node, used: set[str]) -> Iterator[Breach]:
    declared = server.child("variables")
    names = declared.mapping if declared is not None else {}
    for missing in sorted(used - names.keys()):
        url = server.child("url")
        yield Breach(url or server, {"name": missing}, _UNDECLARED)
    for name, variable in declared.children() if declared is not None else ():
        if name not in used:
            yield Breach(variable, {"name": name}, _UNUSED)
        elif isinstance(variable.value, dict):
            yield from _default_faults(variable, name)


def _default_faults(variable: Node, name: Key) -> Iterator[Breach]:
    default = variable.child("default")
    allowed = variable.value.get("enum")
    if default is None:
        yield Breach(variable, {"name": name}, _NO_DEFAULT)
    elif isinstance(allowed, list) and default.value not in allowed:
        yield Breach(default, {"name": name}, _STRANGE_DEFAULT)


RULE = Rule(
    id="oas3-server-variables",
    severities=everywhere(),
    kind=Kind.VALIDITY,
    sentence=Sentence(
        nl="De variabelen van de server kloppen niet.",
        en="The variables of the server are not right.",
    ),
    link=specification("server-variable-object"),
    good={
        "openapi": "3.0.3",
        "servers": [
            {
                "url": "https://{host}.example.org/v1",
                "variables": {"host": {"default": "api", "enum": ["api", "test"]}},
            }
        ],
    },
    bad={"openapi": "3.0.3", "servers": [{"url": "https://{host}.example.org/v1"}]},
    check=check,
)
