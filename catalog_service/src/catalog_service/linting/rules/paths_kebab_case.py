"""The segments of a path are in lower case, with hyphens."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..description import Description
from ..paths import breaches_of_paths
from ..rule import Breach, Rule, design_rule, severities
from ..sentences import Sentence

# A dot may be in any segment but the first; the last one may be `_search`.
_FIRST = re.compile(r"[a-z0-9-]+|\{[^}]+\}")
_LATER = re.compile(r"[a-z0-9.-]+|\{[^}]+\}")
_ACTION = re.compile(r"_[a-z]+")
_LONE_ACTION = re.compile(r"_[a-z0-9]+")


def check(description: Description) -> Iterator[Breach]:
    """Yield paths with a segment that is neither kebab case nor a variable."""
    yield from breaches_of_paths(description, _fits)


def _fits(path: str) -> bool:
    if "/openapi.json" in path or "yaml" in path:
        return True
    if not path.startswith("/") or path == "/":
        return path == "/"
    segments = path.removesuffix("/").split("/")[1:]
    *others, last = segments
    pattern = _ACTION if others else _LONE_ACTION
    if not pattern.fullmatch(last):
        others.append(last)
    first, later = others[:1], others[1:]
    return all(map(_FIRST.fullmatch, first)) and all(map(_LATER.fullmatch, later))


RULE = Rule(
    id="nlgov:paths-kebab-case",
    severities=severities(in_2_1="warn", in_2_2="error"),
    sentence=Sentence(
        nl="Het pad {path} is niet in kebab-case.",
        en="The path {path} is not in kebab case.",
    ),
    link=design_rule("path-segments-kebab-case"),
    good={"paths": {"/park-trees/{treeId}": {}}},
    bad={"paths": {"/parkTrees": {}}},
    check=check,
)
