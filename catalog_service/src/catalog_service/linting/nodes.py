"""A value of a document together with the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from .pointers import Key, Keys, pointer_of

_INDEX = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)


class Node(NamedTuple):
    """One value and the keys that lead to it from the top of the document.

    A tuple because there are hundreds of thousands of them in a large document.
    """

    value: Any
    keys: Keys = ()

    @property
    def pointer(self) -> str:
        """The JSON pointer of the value."""
        return pointer_of(self.keys)

    @property
    def mapping(self) -> dict[str, Any]:
        """The value when it is an object, else an empty one."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def listing(self) -> list[Any]:
        """The value when it is a list, else an empty one."""
        return self.value if isinstance(self.value, list) else []

    def child(self, key: Key) -> Node | None:
        """Return what stands under a key, or None."""
        if isinstance(self.value, dict):
            name = str(key)
            return self._under(name) if name in self.value else None
        if isinstance(self.value, list) and _INDEX.fullmatch(str(key)):
            index = int(key)
            return self._under(index) if index < len(self.value) else None
        return None

    def children(self) -> Iterator[tuple[Key, Node]]:
        """Yield every key of an object or list, with what stands there."""
        for key in self.mapping or range(len(self.listing)):
            yield key, self._under(key)

    def _under(self, key: Key) -> Node:
        return Node(self.value[key], (*self.keys, key))
