"""How much of somebody else's answer is taken, and how long it may last."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from .errors import DeadlineError


@dataclass(frozen=True)
class Limits:
    """Bound one fetch, redirects included.

    `seconds` is the whole of it: names, connections, headers and bodies of every hop.
    `max_bytes` holds for what is sent and for what comes out of its compression.
    """

    max_bytes: int = 10_000_000
    seconds: float = 10.0
    redirects: int = 3


@dataclass(frozen=True)
class Deadline:
    """A moment after which nothing is waited for."""

    seconds: float
    clock: Callable[[], float] = time.monotonic
    _started: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_started", self.clock())

    def remaining(self) -> float:
        """Return the seconds that are left; raise DeadlineError when none are."""
        left = self._started + self.seconds - self.clock()
        if left <= 0:
            raise DeadlineError(f"no complete answer within {self.seconds:g} seconds")
        return left
