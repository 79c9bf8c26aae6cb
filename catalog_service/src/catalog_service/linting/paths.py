"""The paths of a document as texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .description import Description
from .rule import Breach


def breaches_of_paths(
    description: Description, fits: Callable[[str], bool]
) -> Iterator[Breach]:
    """Yield each path that does not fit, for the word `path` of a sentence."""
    paths = description.root.child("paths")
    for key, node in paths.children() if paths is not None else ():
        if isinstance(key, str) and not key.startswith("x-") and not fits(key):
            yield Breach(node, {"path": key})
