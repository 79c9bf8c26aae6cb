"""What a path has in braces is declared as a path parameter, once and required."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..description import Description
from ..findings import Kind
from ..nodes import Node
from ..operations import Operation, Place, operations_of
from ..pointers import Keys
from ..rule import Breach, Rule, everywhere, specification
from ..sentences import Sentence

# Paths may share a path item by reference; so many of them are looked at.
_MAX_PATHS_OF_AN_ITEM = 50
_VARIABLE = re.compile(r"\{([^{}/]+)\}")
_REPEATED = Sentence(
    "De parameter '{name}' staat meer dan eens in het pad.",
    "The parameter '{name}' is in the path more than once.",
)
_EQUAL = Sentence(
    "Het pad {path} is niet te onderscheiden van {other}.",
    "The path {path} cannot be told from {other}.",
)
_TWICE = Sentence(
    "De padparameter '{name}' is meer dan eens gedeclareerd.",
    "The path parameter '{name}' is declared more than once.",
)
_OPTIONAL = Sentence(
    "De padparameter '{name}' moet verplicht zijn (required: true).",
    "The path parameter '{name}' must be required (required: true).",
)
_UNUSED = Sentence(
    "De padparameter '{name}' komt niet voor in het pad {path}.",
    "The path parameter '{name}' is not in the path {path}.",
)
_UNDECLARED = Sentence(
    "De parameter '{name}' in het pad is niet gedeclareerd.",
    "The parameter '{name}' in the path is not declared.",
)


def check(description: Description) -> Iterator[Breach]:
    """Yield faults between the braces of each path and its path parameters."""
    paths = description.root.child("paths")
    equal: dict[str, str] = {}
    times: Counter[Keys] = Counter()
    for item in description.path_items:
        times[item.node.keys] += 1
        if (
            item.place is not Place.PATH
            or times[item.node.keys] > _MAX_PATHS_OF_AN_ITEM
        ):
            continue
        here = (paths.child(item.name) if paths is not None else None) or item.node
        yield from _path_faults(here, item.name, equal)
        used = set(_VARIABLE.findall(item.name))
        for operation in operations_of(description, item):
            yield from _parameter_faults(description, operation, used)


def _path_faults(node: Node, path: str, equal: dict[str, str]) -> Iterator[Breach]:
    names = Counter(_VARIABLE.findall(path))
    for name, count in names.items():
        if count > 1:
            yield Breach(node, {"name": name}, _REPEATED)
    form = _VARIABLE.sub("{}", path)
    if form in equal:
        yield Breach(node, {"path": path, "other": equal[form]}, _EQUAL)
    equal.setdefault(form, path)


def _parameter_faults(
    description: Description, operation: Operation, used: set[str]
) -> Iterator[Breach]:
    declared: dict[tuple[str, bool], Node] = {}
    for parameter in description.parameters_of(operation):
        if parameter.location != "path" or not isinstance(parameter.name, str):
            continue
        key = (parameter.name, parameter.shared)
        words: dict[str, object] = {"name": parameter.name}
        if key in declared:
            yield Breach(parameter.node, words, _TWICE)
        declared[key] = parameter.node
        if parameter.node.mapping.get("required") is not True:
            yield Breach(parameter.node, words, _OPTIONAL)
        if parameter.name not in used:
            words["path"] = operation.item.name
            yield Breach(parameter.node, words, _UNUSED)
    for name in sorted(used - {name for name, _ in declared}):
        yield Breach(operation.node, {"name": name}, _UNDECLARED)


RULE = Rule(
    id="path-params",
    severities=everywhere(),
    kind=Kind.VALIDITY,
    sentence=Sentence(
        nl="De padparameters kloppen niet.",
        en="The path parameters are not right.",
    ),
    link=specification("path-templating"),
    good={
        "paths": {
            "/trees/{id}": {
                "get": {"parameters": [{"name": "id", "in": "path", "required": True}]}
            }
        }
    },
    bad={"paths": {"/trees/{id}": {"get": {"parameters": []}}}},
    check=check,
)
