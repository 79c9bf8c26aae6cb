"""A document as something to ask: what stands where, with references followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .nodes import Node
from .pointers import Key
from .references import References

# References can make a small document wide: thousands of operations may share a list of
# thousands. The largest real document takes 25,000.
MAX_STEPS = 300_000
_FAMILY = re.compile(r"3\.[012](?![0-9])", re.ASCII)


class Source:
    """A document; what is not there, or not what it should be, is simply absent."""

    def __init__(self, content: Any) -> None:
        self.root = Node(content)
        self.references = References(self.root)
        self._steps_left = MAX_STEPS

    @property
    def family(self) -> str:
        """The specification that it follows: 2.0, 3.0, 3.1, 3.2, or nothing."""
        stated = self.root.mapping.get("openapi")
        if stated is None:
            return "2.0" if "swagger" in self.root.mapping else ""
        found = _FAMILY.match(stated) if isinstance(stated, str) else None
        return found.group() if found else ""

    @property
    def is_exhausted(self) -> bool:
        """Tell whether part of the document was not looked at."""
        return self._steps_left < 0

    def at(self, node: Node | None, *keys: Key) -> Node | None:
        """Return what stands under keys, one within the other, references followed."""
        for key in keys:
            below = node.child(key) if node is not None else None
            node = self.references.resolve(below) if below is not None else None
        return node

    def each(self, node: Node | None) -> Iterator[tuple[Key, Node]]:
        """Yield every key of an object or list with what it stands for.

        Yields no more after so many steps in all; see `is_exhausted`.
        """
        for key, child in node.children() if node is not None else ():
            self._steps_left -= 1
            if self._steps_left < 0:
                return
            resolved = self.references.resolve(child)
            if resolved is not None:
                yield key, resolved

    def component(self, kind: str) -> Node | None:
        """Return the components of a kind."""
        return self.at(self.root, "components", kind)
