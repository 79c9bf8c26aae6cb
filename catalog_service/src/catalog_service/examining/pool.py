"""Readers that wait for work; each is a process, ended when it oversteps.

A service has few of them, started when first needed and used again and again. After a
number of documents a reader is replaced, so that what one leaves behind goes with it.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import structlog

from shared.busy import BusyError
from shared.processors import set_free

from .frames import OVERWORKED, pack, unpack

AT_ONCE = 2
_TASKS_EACH = 500
# A limit is in seconds of work; on a busy machine those last longer.
_PATIENCE = 4
_PASSED = ("LANG", "LC_", "PATH", "PYTHON", "TMPDIR", "TZ")
_CHUNK = 1 << 20

logger = structlog.get_logger("kade.examining")


class ReaderLostError(Exception):
    """The reader ended before it answered."""


class ReaderLateError(Exception):
    """The reader took too long and was ended."""


class ReadersBusyError(BusyError):
    """So many wait for a reader that nobody more may."""


class Reader:
    """One process that reads documents."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "catalog_service.examining.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environment(),
            bufsize=0,
        )
        with contextlib.suppress(ProcessLookupError):
            set_free(self._process.pid)
        self.tasks_left = _TASKS_EACH
        for pipe in (self._process.stdin, self._process.stdout):
            os.set_blocking(_number(pipe), False)

    def ask(self, request: bytes, seconds: float) -> tuple[dict[str, Any], list[bytes]]:
        """Send a request, return the answer; raises ReaderLateError, -LostError."""
        deadline = time.monotonic() + seconds
        self.tasks_left -= 1
        try:
            self._send(request, deadline)
            answer = unpack(lambda size: self._receive(size, deadline))
        except (BrokenPipeError, ConnectionError) as error:
            raise ReaderLostError from error
        if answer is None:
            raise ReaderLateError if self._is_overworked() else ReaderLostError
        return answer

    def end(self) -> None:
        """End the process, whatever it does."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._process.kill()
        self._process.wait()

    def retire(self) -> None:
        """Let the process end by itself: nothing more is sent."""
        if self._process.stdin:
            self._process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=2)
        self.end()

    def _is_overworked(self) -> bool:
        """Tell whether the process ended for the time that it worked."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(timeout=1) == -OVERWORKED
        return False

    def _send(self, request: bytes, deadline: float) -> None:
        rest = memoryview(request)
        number = _number(self._process.stdin)
        while rest:
            _wait(number, select.POLLOUT, deadline)
            rest = rest[os.write(number, rest[:_CHUNK]) :]

    def _receive(self, size: int, deadline: float) -> bytes:
        received = bytearray()
        number = _number(self._process.stdout)
        while len(received) < size:
            _wait(number, select.POLLIN, deadline)
            chunk = os.read(number, min(size - len(received), _CHUNK))
            if not chunk:
                break
            received += chunk
        return bytes(received)


class Pool:
    """Hands out readers, few at a time; one process of the service has one pool."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._turns = threading.BoundedSemaphore(at_once)
        self._idle: list[Reader] = []
        self._owner = os.getpid()
        # How many may be in line, or be served; a web process keeps threads free.
        self.longest_line: int | None = None
        self._line = 0
        self._counting = threading.Lock()
        atexit.register(self.close)

    def ask(
        self, message: dict[str, Any], blobs: tuple[bytes, ...], seconds: float
    ) -> tuple[dict[str, Any], list[bytes]]:
        """Have a task done by a free reader.

        Raises ReaderLateError, ReaderLostError, ReadersBusyError.
        """
        patience = seconds * _PATIENCE
        request = pack({**message, "seconds": seconds, "patience": patience}, blobs)
        with self._in_line(), self._turns:
            reader = self._take()
            try:
                answer = reader.ask(request, patience)
            except BaseException:
                reader.end()
                raise
            self._give_back(reader)
        return answer

    def close(self) -> None:
        """Let all readers go; those of another process are not ours to end."""
        idle, self._idle = self._idle, []
        if self._owner == os.getpid():
            for reader in idle:
                reader.retire()

    @contextlib.contextmanager
    def _in_line(self) -> Iterator[None]:
        with self._counting:
            if self.longest_line is not None and self._line >= self.longest_line:
                raise ReadersBusyError
            self._line += 1
        try:
            yield
        finally:
            with self._counting:
                self._line -= 1

    def _take(self) -> Reader:
        if self._owner != os.getpid():
            self._idle, self._owner = [], os.getpid()  # we are a copy (fork)
        try:
            return self._idle.pop()
        except IndexError:
            return Reader()

    def _give_back(self, reader: Reader) -> None:
        if reader.tasks_left > 0:
            self._idle.append(reader)
        else:
            reader.retire()


def _wait(number: int, event: int, deadline: float) -> None:
    left = deadline - time.monotonic()
    poll = select.poll()
    poll.register(number, event)
    if left <= 0 or not poll.poll(left * 1000):
        raise ReaderLateError


def _number(pipe: Any) -> int:
    return int(pipe.fileno())


def _environment() -> dict[str, str]:
    """Pass on what Python needs, and no secret."""
    passed = {
        name: value for name, value in os.environ.items() if name.startswith(_PASSED)
    }
    return {**passed, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
