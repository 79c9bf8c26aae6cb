"""What a document has for reuse, and does not use."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from .description import Description
from .nodes import Node
from .pointers import is_internal, keys_of
from .rule import Breach


def used_places(description: Description, depth: int) -> frozenset[tuple[str, ...]]:
    """Return where references lead to or into, by the first so many keys."""
    return frozenset(
        keys_of(reference.value)[:depth]
        for reference in description.reference_nodes
        if isinstance(reference.value, str) and is_internal(reference.value)
    )


def breaches_of_unused(
    description: Description, place: tuple[str, ...], used: Collection[tuple[str, ...]]
) -> Iterator[Breach]:
    """Yield what stands in a place that is not used."""
    node: Node | None = description.root
    for key in place:
        node = node.child(key) if node is not None else None
    for name, child in node.children() if node is not None else ():
        if (*place, str(name)) not in used:
            yield Breach(child, {"name": name})
