"""Locks that the kernel lets go of, however their holder ends."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from development.errors import DevelopmentError


@contextlib.contextmanager
def waiting(path: Path) -> Iterator[None]:
    """Hold the lock, after whoever holds it now."""
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def alone(path: Path, what: str) -> Iterator[None]:
    """Hold the lock, or refuse: `what` is in use by the process that has it."""
    with path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            raise DevelopmentError(
                f"{what} is in use by process {holder}: stop that one first"
                f" (kill {holder}), or use another clone."
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield
