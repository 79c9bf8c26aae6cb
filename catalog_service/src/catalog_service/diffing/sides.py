"""Two sides of one part of an API, as the rules outside schemas see them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from catalog_service.diffing.nodes import Document, Node


@dataclass(frozen=True)
class Sides:
    """The same part of both documents; None on the side that lacks it.

    ``name`` is what the part is called where it has a name: a status, a header.
    ``whole`` tells of a lacking operation that its whole path lacks.
    """

    old: Node | None
    new: Node | None
    old_document: Document
    new_document: Document
    today: date
    name: str = ""
    whole: bool = False

    def of(self, old: Node | None, new: Node | None, name: str = "") -> Sides:
        """Give the sides of a part inside this one."""
        return replace(self, old=old, new=new, name=name, whole=False)

    def both(self) -> tuple[Node, Node] | None:
        """Give the two nodes when there are two."""
        return (self.old, self.new) if self.old and self.new else None

    @property
    def is_added(self) -> bool:
        """Tell whether only the newer document has it."""
        return self.old is None and self.new is not None

    @property
    def is_removed(self) -> bool:
        """Tell whether only the older document has it."""
        return self.new is None and self.old is not None

    def became(self, flag: str, *, value: bool) -> bool:
        """Tell whether a member is now true, or not so any more."""
        both = self.both()
        if both is None:
            return False
        old, new = (side.says(flag) for side in both)
        return old is not value and new is value
