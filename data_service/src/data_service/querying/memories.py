"""Remembers what took work, up to a number of bytes.

Right only for what never changes under its key; so nothing has to be forgotten in time.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Memory(Generic[Value]):
    """Values by key, the longest unasked forgotten first.

    Args:
        most_bytes: how much all values may weigh together.
        weigh: how many bytes a value takes.
    """

    def __init__(self, most_bytes: int, weigh: Callable[[Value], int]) -> None:
        self._most_bytes = most_bytes
        self._weigh = weigh
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = threading.Lock()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def known(self, key: Hashable) -> Value | None:
        """Give the value of a key, or None."""
        with self._lock:
            value = self._kept.get(key)
            if value is not None:
                self._kept.move_to_end(key)
            return value

    def keep(self, key: Hashable, value: Value) -> None:
        """Remember a value, unless it is heavier than all may be together."""
        weight = self._weigh(value)
        if weight > self._most_bytes:
            return
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = value
            self.bytes += weight
            while self.bytes > self._most_bytes:
                _, forgotten = self._kept.popitem(last=False)
                self.bytes -= self._weigh(forgotten)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self.bytes = 0
