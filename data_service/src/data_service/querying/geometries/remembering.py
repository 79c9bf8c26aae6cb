"""Remembers which rows answered a question of place, up to a number of bytes.

A physical table never changes, so what was found is right for good.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from weakref import WeakValueDictionary

from .selections import Selection

MOST_BYTES = 24_000_000
_ENTRY_BYTES = 1000  # of a key and of the places it stands in


class Memory:
    """Selections by question, the longest unasked forgotten first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._kept: OrderedDict[Hashable, Selection] = OrderedDict()
        # Each stays as long as somebody looks or waits: they all hold the same one.
        self._turns = WeakValueDictionary[Hashable, threading.Lock]()
        self._lock = threading.Lock()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(
        self, key: Hashable, find: Callable[[], Selection], *, patience: float = 5.0
    ) -> Selection:
        """Give what is known, or find it; who asks meanwhile waits for that.

        Raises TimeoutError for whom has waited so many seconds. If all looked at once,
        each would take so long that none came to an end in time.
        """
        known = self._known(key)
        if known is not None:
            return known
        with self._turn(key, patience):
            known = self._known(key)
            if known is not None:
                return known
            found = find()
            with self._lock:
                self._keep(key, found)
            return found

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self.bytes = 0

    def _known(self, key: Hashable) -> Selection | None:
        with self._lock:
            known = self._kept.get(key)
            if known is not None:
                self._kept.move_to_end(key)
            return known

    @contextmanager
    def _turn(self, key: Hashable, patience: float) -> Iterator[None]:
        """Let one after the other look for the same."""
        with self._lock:
            turn = self._turns.setdefault(key, threading.Lock())
        if not turn.acquire(timeout=patience):
            raise TimeoutError
        try:
            yield
        finally:
            turn.release()

    def _keep(self, key: Hashable, found: Selection) -> None:
        if key in self._kept or _weight(found) > self._most_bytes:
            return
        self._kept[key] = found
        self.bytes += _weight(found)
        while self.bytes > self._most_bytes:
            _, forgotten = self._kept.popitem(last=False)
            self.bytes -= _weight(forgotten)


def _weight(selection: Selection) -> int:
    return selection.ordinals.nbytes + _ENTRY_BYTES


MEMORY = Memory()
