"""Follow the references of a document, never out of it and never in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from .nodes import Node
from .pointers import is_internal, keys_of

# What stands under these is data of the API, not part of its description.
DATA = frozenset({"example", "examples", "default", "enum", "const", "value"})
# Under these, keys are names that somebody chose: one may be called `example`.
NAMES = frozenset(
    {
        "properties", "patternProperties", "parameters", "headers", "definitions",
        "$defs", "schemas", "responses", "paths", "callbacks", "dependentSchemas",
    }
)  # fmt: skip


class References:
    """The references of one document; each is looked up once."""

    def __init__(self, root: Node) -> None:
        self._root = root
        self._ends: dict[str, Node | None] = {}
        self._circular: set[str] = set()

    def resolve(self, node: Node) -> Node | None:
        """Return the node, or what it refers to in the end; see `end_of`."""
        reference = _reference(node)
        return node if reference is None else self.end_of(reference)

    def end_of(self, reference: str) -> Node | None:
        """Return what a reference leads to, through other references.

        None when that is outside of the document, nowhere, or the reference itself.
        """
        if reference not in self._ends:
            self._follow(reference)
        return self._ends[reference]

    def is_circular(self, reference: str) -> bool:
        """Tell whether references lead from here to nothing but each other."""
        self.end_of(reference)
        return reference in self._circular

    def target(self, reference: str) -> Node | None:
        """Return what stands where a reference points, which may be a reference."""
        if not is_internal(reference):
            return None
        node: Node | None = self._root
        for key in keys_of(reference):
            node = node.child(key) if node is not None else None
        return node

    def _follow(self, reference: str) -> None:
        """Find the end of a chain of references, for all of its links at once."""
        chain: dict[str, None] = {}
        end: Node | None = None
        following: str | None = reference
        while following is not None and not (
            following in chain or following in self._ends
        ):
            chain[following] = None
            end = self.target(following)
            following = _reference(end) if end is not None else None
        if following is not None:
            end = self._ends.get(following)
        if following in chain or following in self._circular:
            self._circular.update(chain)
        self._ends.update(dict.fromkeys(chain, end))


def references_in(root: Node) -> Iterator[Node]:
    """Yield every `$ref`, outside of data."""
    waiting = [(root, False)]
    while waiting:
        node, has_names = waiting.pop()
        reference = node.child("$ref") if not has_names else None
        if reference is not None:
            yield reference
        for key, child in node.children():
            if not isinstance(child.value, (dict, list)):
                continue
            if has_names or key not in DATA:
                waiting.append((child, not has_names and key in NAMES))
            elif key == "examples":
                yield from _references_to_examples(child)


def _references_to_examples(examples: Node) -> Iterator[Node]:
    """Named examples may be references; what is in them is data (OpenAPI §4.8.19)."""
    for _, example in examples.children():
        reference = example.child("$ref")
        if reference is not None and isinstance(examples.value, dict):
            yield reference


def _reference(node: Node) -> str | None:
    reference = node.mapping.get("$ref")
    return reference if isinstance(reference, str) else None
