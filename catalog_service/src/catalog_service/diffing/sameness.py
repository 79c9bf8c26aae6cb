"""What is the same on both sides with all that it refers to.

Most of two versions is. Telling so is quick, and spares the comparison of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from catalog_service.diffing.nodes import Document, Node, same
from catalog_service.diffing.schemas import Parts


class Sameness:
    """Tells of parts of two documents whether they are equal, references followed."""

    def __init__(self, old: Document, new: Document) -> None:
        self._old = old
        self._new = new

    def holds(self, old: Node, new: Node) -> bool:
        """Tell whether two nodes are written the same and mean the same."""
        if not is_alike(old.value, new.value):
            return False
        return self._unsettled.isdisjoint(references_in(old.value))

    def holds_for(self, old: Parts, new: Parts) -> bool:
        """Tell whether all parts of two schemas are the same."""
        pairs = zip(old, new, strict=False)
        return len(old) == len(new) and all(self.holds(*pair) for pair in pairs)

    @cached_property
    def _unsettled(self) -> frozenset[str]:
        """Give the references whose targets differ, or lead to some that do."""
        users: dict[str, list[str]] = {}
        unsettled: dict[str, None] = {}
        for reference in dict.fromkeys(references_in(self._old.root.value)):
            before, after = (self._target(d, reference) for d in (self._old, self._new))
            if not is_alike(before.value, after.value):
                unsettled[reference] = None
            for used in references_in(before.value):
                users.setdefault(used, []).append(reference)
        spreading = list(unsettled)
        for reference in spreading:
            fresh = [user for user in users.get(reference, ()) if user not in unsettled]
            unsettled.update(dict.fromkeys(fresh))
            spreading += dict.fromkeys(fresh)
        return frozenset(unsettled)

    @staticmethod
    def _target(document: Document, reference: str) -> Node:
        return document.follow(Node({"$ref": reference}, f"?{reference}"))


def is_alike(old: object, new: object) -> bool:
    """Tell whether two JSON values are equal; to Python, true equals 1 as well."""
    if not same(old, new):
        return False
    waiting = [([old], [new])]
    seen: set[int] = set()
    while waiting:
        for one, other in zip(*waiting.pop(), strict=True):
            if isinstance(one, bool) is not isinstance(other, bool):
                return False
            if isinstance(one, (dict, list)) and id(one) not in seen:
                seen.add(id(one))
                waiting.append(_members(one, other))
    return True


def _members(one: Any, other: Any) -> tuple[list[Any], list[Any]]:
    if isinstance(one, list):
        return one, other
    return list(one.values()), [other[key] for key in one]


def references_in(value: object) -> Iterator[str]:
    """Give the references anywhere inside a value; a name $ref is taken for one."""
    waiting = [value]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, dict):
            reference = one.get("$ref")
            if isinstance(reference, str):
                yield reference
            waiting += [v for v in one.values() if isinstance(v, (dict, list))]
        elif isinstance(one, list):
            waiting += [v for v in one if isinstance(v, (dict, list))]
