"""Remembers which rows answered a question of place.

A physical table never changes, so what was found is right for good.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from weakref import WeakValueDictionary

from data_service.querying.memories import Memory

from .selections import Selection

MOST_BYTES = 24_000_000
_ENTRY_BYTES = 1000  # of a key and of the places it stands in


class Lookups:
    """Selections by question; who asks what another looks up waits for that."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.memory = Memory(most_bytes, _weigh)
        # Each stays as long as somebody looks or waits: they all hold the same one.
        self._turns = WeakValueDictionary[Hashable, threading.Lock]()
        self._lock = threading.Lock()

    def get(
        self, key: Hashable, find: Callable[[], Selection], *, patience: float = 5.0
    ) -> Selection:
        """Give what is known, or find it; who asks meanwhile waits for that.

        Raises TimeoutError for whom has waited so many seconds. If all looked at once,
        each would take so long that none came to an end in time.
        """
        known = self.memory.known(key)
        if known is not None:
            return known
        with self._turn(key, patience):
            known = self.memory.known(key)
            if known is not None:
                return known
            found = find()
            self.memory.keep(key, found)
            return found

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


def _weigh(selection: Selection) -> int:
    return selection.ordinals.nbytes + _ENTRY_BYTES


LOOKUPS = Lookups()
