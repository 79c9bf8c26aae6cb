"""A place in a JSON document that knows its pointer and gathers faults."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .errors import SchemaFault


class Node:
    """A value of a JSON document, its JSON pointer (RFC 6901), and the faults so far.

    All nodes of one document share one list of faults.
    """

    def __init__(
        self,
        value: Any,
        pointer: str = "",
        faults: list[SchemaFault] | None = None,
    ) -> None:
        self.value = value
        self.pointer = pointer
        self.faults: list[SchemaFault] = [] if faults is None else faults

    def fault(self, reason: str) -> None:
        """Note what is wrong here."""
        self.faults.append(SchemaFault(self.pointer, reason))

    def child(self, name: str | int) -> Node:
        """Go to a member or item; what is absent has the value None."""
        value = None
        if isinstance(self.value, dict):
            value = self.value.get(name)
        elif isinstance(self.value, list) and isinstance(name, int):
            value = self.value[name]
        token = str(name).replace("~", "~0").replace("/", "~1")
        return Node(value, f"{self.pointer}/{token}", self.faults)

    def members(self) -> dict[str, Any]:
        """Give the members of an object; of anything else, none."""
        return self.value if isinstance(self.value, dict) else {}

    def items(self) -> Iterator[Node]:
        """Walk the items of a list; anything else that is there is a fault."""
        if self.value is None:
            return
        if not isinstance(self.value, list):
            self.fault("should be a list")
            return
        for index in range(len(self.value)):
            yield self.child(index)

    def text(self, name: str) -> str:
        """Read a text member; absent is empty, another type is a fault."""
        child = self.child(name)
        return "" if child.value is None else child.as_text()

    def as_text(self) -> str:
        """Read this as text, or note a fault and give nothing."""
        if isinstance(self.value, str):
            return self.value
        self.fault("should be text")
        return ""

    def number(self, name: str) -> float | None:
        """Read a number member; absent is None, another type is a fault."""
        child = self.child(name)
        if child.value is None:
            return None
        if isinstance(child.value, int | float) and not isinstance(child.value, bool):
            return child.value
        child.fault("should be a number")
        return None

    def require_object(self) -> bool:
        """Tell whether this is an object; anything else is a fault."""
        if isinstance(self.value, dict):
            return True
        self.fault("is missing" if self.value is None else "should be an object")
        return False

    def refuse_closed(self) -> None:
        """Fault what is not open to all: nothing could guard it yet."""
        auth = self.child("auth")
        if auth.value not in (None, "OPENBAAR", ["OPENBAAR"]):
            auth.fault("only open data (OPENBAAR) can be published yet")
