"""The texts of a document that are shown to people."""

from __future__ import annotations

from collections.abc import Iterator

from .nodes import Node
from .references import DATA

_SHOWN = ("title", "description")


def texts_in(root: Node) -> Iterator[Node]:
    """Yield every title and description, outside of data, that is a text."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        for key, child in node.children():
            if isinstance(child.value, (dict, list)):
                if key not in DATA:
                    waiting.append(child)
            elif key in _SHOWN and isinstance(child.value, str):
                yield child
