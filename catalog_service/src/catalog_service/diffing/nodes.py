"""A document as nodes that know where they are written.

Nothing here trusts its input: a value of the wrong type reads as absent, so no
document can make the comparison fail. References are followed inside the document
only; what points outside it stays an opaque text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote

from catalog_service.diffing.errors import NotADocumentError


class Node(NamedTuple):
    """A value in a document, and the JSON pointer (RFC 6901) to it."""

    value: Any
    pointer: str

    @property
    def mapping(self) -> dict[Any, Any]:
        """Give the members of an object; none when it is no object."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def text(self) -> str:
        """Give the text; empty when it is no text."""
        return self.value if isinstance(self.value, str) else ""

    def child(self, key: str) -> Node:
        """Give the member with this name; its value is None when there is none."""
        return Node(self.mapping.get(key), f"{self.pointer}/{escape(key)}")

    def has(self, key: str) -> bool:
        """Tell whether the object has this member with a value."""
        return self.mapping.get(key) is not None

    def says(self, key: str) -> bool:
        """Tell whether the member is literally true."""
        return self.mapping.get(key) is True

    def items(self) -> Iterator[tuple[str, Node]]:
        """Give the members in the order of the document, extensions too."""
        for key, value in self.mapping.items():
            yield str(key), Node(value, f"{self.pointer}/{escape(str(key))}")

    def elements(self) -> Iterator[Node]:
        """Give the elements of a list; none when it is no list."""
        values = self.value if isinstance(self.value, list) else []
        for index, value in enumerate(values):
            yield Node(value, f"{self.pointer}/{index}")

    def texts(self, key: str) -> tuple[str, ...]:
        """Give the texts of a list, each once, in order."""
        found = [element.text for element in self.child(key).elements()]
        return tuple(dict.fromkeys(text for text in found if text))


class Document:
    """An OpenAPI document in which references can be followed.

    ``origins`` says of pointers into a document that was converted where that part
    was written before.
    """

    def __init__(self, value: object, origins: Mapping[str, str] | None = None) -> None:
        if not isinstance(value, dict):
            raise NotADocumentError
        self.root = Node(value, "")
        self._origins = origins or {}
        self._targets: dict[str, Node] = {}
        self._ends: dict[str, Node | None] = {}

    def written(self, pointer: str) -> str:
        """Give the pointer to where something stands in the original document."""
        head, tail = pointer, ""
        while self._origins and head:
            if head in self._origins:
                return self._origins[head] + tail
            head, _, last = head.rpartition("/")
            tail = f"/{last}{tail}"
        return pointer

    @property
    def ignores_siblings(self) -> bool:
        """Tell whether what stands beside a $ref means nothing, as before 3.1."""
        return str(self.root.mapping.get("openapi", "")).startswith("3.0")

    def follow(self, node: Node) -> Node:
        """Give what a node refers to, or the node when it is no reference.

        A reference out of the document, to nothing, or round in a circle gives the
        node that holds it.
        """
        reference = reference_of(node)
        if not reference.startswith("#"):
            return node
        if reference not in self._ends:
            self._find_end(reference)
        return self._ends[reference] or node

    def _find_end(self, reference: str) -> None:
        """Walk a chain of references once; every link then knows the end of it."""
        chain: dict[str, None] = {}
        end: Node | None = None
        while reference.startswith("#"):
            if reference in chain:
                end = None
                break
            if reference in self._ends:
                end = self._ends[reference] or end
                break
            target = self._target(reference)
            if target.value is None:
                self._ends[reference] = None
                break
            chain[reference] = None
            end = target
            reference = reference_of(target)
        self._ends.update(dict.fromkeys(chain, end))

    def _target(self, reference: str) -> Node:
        found = self._targets.get(reference)
        if found is None:
            found = self._targets[reference] = self._locate(reference)
        return found

    def _locate(self, reference: str) -> Node:
        if reference != "#" and not reference.startswith("#/"):
            return Node(None, reference)
        node = self.root
        for part in unquote(reference[1:]).split("/")[1:]:
            key = part.replace("~1", "/").replace("~0", "~")
            node = _step(node, key)
        return node


def _step(node: Node, key: str) -> Node:
    if not isinstance(node.value, list):
        return node.child(key)
    inside = key.isdecimal() and len(key) < 9 and int(key) < len(node.value)
    return Node(node.value[int(key)] if inside else None, f"{node.pointer}/{key}")


def reference_of(node: Node) -> str:
    """Give the text of a node's $ref; empty when it has none."""
    reference = node.mapping.get("$ref")
    return reference if isinstance(reference, str) else ""


def escape(key: str) -> str:
    """Write a name as a part of a JSON pointer."""
    if "/" not in key and "~" not in key:
        return key
    return key.replace("~", "~0").replace("/", "~1")


def same(old: object, new: object) -> bool:
    """Tell whether two values are equal; too deep to tell counts as different."""
    try:
        return bool(old == new)
    except RecursionError:
        return False


def canonical(value: object) -> str:
    """Write a value so that equal JSON values give equal texts.

    1 and 1.0 are equal (JSON Schema, section 4.2.2); true and 1 are not.
    """
    try:
        return json.dumps(_numbers(value), sort_keys=True, default=str)
    except (RecursionError, TypeError, ValueError):
        return f"<{type(value).__name__}>"


def _numbers(value: object) -> object:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [_numbers(element) for element in value]
    if isinstance(value, dict):
        return {str(key): _numbers(member) for key, member in value.items()}
    return value
