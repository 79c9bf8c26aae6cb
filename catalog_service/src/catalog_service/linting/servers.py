"""The servers that a document names, for the whole, a path, or an operation."""

from __future__ import annotations

from collections.abc import Iterator

from .description import Description
from .nodes import Node


def servers_of(description: Description) -> Iterator[Node]:
    """Yield every server object."""
    owners = [
        description.root,
        *(item.node for item in description.distinct_items),
        *(operation.node for operation in description.operations),
    ]
    for owner in owners:
        listed = description.at(owner, "servers")
        if listed is not None and isinstance(listed.value, list):
            yield from (node for _, node in description.each(listed))
