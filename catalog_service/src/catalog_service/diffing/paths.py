"""Which path became which.

The names of template variables say nothing to a client: /a/{x} is /a/{y}. Nor does
it matter to one whether a base path is written in the servers or in every path; so
what finds no partner by its key finds one by its full path.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from catalog_service.diffing.nodes import Node

_VARIABLE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class PathPair:
    """A path on both sides; the item is None on the side that lacks it."""

    old_path: str
    old: Node | None
    new_path: str
    new: Node | None

    @property
    def path(self) -> str:
        """Give the path as the newer document writes it, if it does."""
        return self.new_path or self.old_path

    @property
    def renamed(self) -> dict[str, str]:
        """Give the old name of each path variable that has another name now."""
        old, new = variables(self.old_path), variables(self.new_path)
        return {new: old for old, new in zip(old, new, strict=False) if old != new}


def pair_paths(old: Node, new: Node) -> list[PathPair]:
    """Pair the paths of two documents; what has no partner stands alone."""
    before, after = _items(old), _items(new)
    pairs: list[PathPair] = []
    keys: tuple[tuple[Callable[[str], object], Callable[[str], object]], ...] = (
        (lambda path: path, lambda path: path),
        (_template, _template),
        (_full(old), _full(new)),
    )
    for old_key, new_key in keys:
        pairs += _matches(before, after, old_key, new_key)
    pairs += [PathPair(path, item, "", None) for path, item in before.items()]
    return pairs + [PathPair("", None, path, item) for path, item in after.items()]


def variables(path: str) -> list[str]:
    """Give the names of the variables in a path, in order."""
    return _VARIABLE.findall(path)


def server_urls(document: Node) -> list[str]:
    """Give the addresses of the servers, each once; none when none is given."""
    urls = [server.child("url").text for server in document.child("servers").elements()]
    return list(dict.fromkeys(url for url in urls if url))


def is_moved(old: Node, new: Node) -> bool:
    """Tell whether a base path moved between servers and paths."""
    return any(
        pair.old and pair.new and _template(pair.old_path) != _template(pair.new_path)
        for pair in pair_paths(old, new)
    )


def full_paths(path: str, bases: list[str]) -> frozenset[str]:
    """Give the template of a path behind each base path."""
    return frozenset(_template(base + path) for base in bases)


def _matches(
    before: dict[str, Node],
    after: dict[str, Node],
    old_key: Callable[[str], object],
    new_key: Callable[[str], object],
) -> Iterator[PathPair]:
    """Take the paths with an equal key out of both."""
    waiting: dict[object, list[str]] = {}
    for path in after:
        waiting.setdefault(new_key(path), []).append(path)
    for path in list(before):
        found = waiting.get(old_key(path))
        if found:
            partner = found.pop(0)
            yield PathPair(path, before.pop(path), partner, after.pop(partner))


def _items(document: Node) -> dict[str, Node]:
    paths = document.child("paths").items()
    return {path: item for path, item in paths if path.startswith("/")}


def _template(path: str) -> str:
    return _VARIABLE.sub("{}", path)


def _full(document: Node) -> Callable[[str], object]:
    """Give the key by full path; only what all servers share is sure."""
    bases = sorted({_base(url) for url in server_urls(document)}) or [""]
    return lambda path: full_paths(path, bases)


def _base(url: str) -> str:
    try:
        return urlsplit(_VARIABLE.sub("x", url)).path.rstrip("/")
    except ValueError:
        return ""
