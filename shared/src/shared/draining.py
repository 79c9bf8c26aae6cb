"""A web process that stops late, and waits for no client that does not close.

An orchestrator takes the address away and sends SIGTERM at about the same time; a proxy
knows the address for some seconds more. What it sends meanwhile would stand in a queue
that nobody reads, and be lost when the process ends.

A connection that is closed while something is still unread is reset, and the client may
lose the end of its answer. So a server tells that it has ended, and reads on until the
client closes too (RFC 9112, section 9.6). Gunicorn does so for two seconds, in the
thread that hands out all requests: a few clients that do not close would stop all.
"""

from __future__ import annotations

import os
import signal
import socket
import time
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ
from types import FrameType
from typing import Any

from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

LINGER_SECONDS = 2.0
_CHUNK = 65_536
_MOST_CHUNKS = 16  # read of a client that goes on sending


class DrainingWorker(ThreadWorker):  # type: ignore[misc]
    """Threads that answer for WEB_DRAIN_SECONDS more before they begin to stop."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Connections that have ended for us, the earliest first.
        self._lingering: deque[Any] = deque()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop later; a second SIGTERM, at once."""
        seconds = int(os.environ.get("WEB_DRAIN_SECONDS") or 0)
        if sig == signal.SIGALRM or not seconds or signal.alarm(seconds):
            super().handle_exit(sig, frame)

    def init_signals(self) -> None:
        """Take the alarm for the end of the wait."""
        super().init_signals()
        signal.signal(signal.SIGALRM, self.handle_exit)

    def finish_request(self, conn: Any, fs: Future[Any]) -> None:
        """Keep a connection for its next request, or end it without waiting."""
        if fs.cancelled() or fs.exception() or fs.result():
            super().finish_request(conn, fs)
        else:
            self._linger(conn)

    def murder_keepalived(self, force: bool = False) -> None:  # noqa: FBT001, FBT002
        """Close what has been kept, or has lingered, for too long."""
        super().murder_keepalived(force)
        now = time.monotonic()
        while self._lingering and (force or self._lingering[0].timeout <= now):
            self._close(self._lingering[0])

    def _linger(self, conn: Any) -> None:
        """Tell the client that this is the end, and let it close first."""
        conn.timeout, conn.chunks_left = time.monotonic() + LINGER_SECONDS, _MOST_CHUNKS
        self._lingering.append(conn)
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            conn.sock.settimeout(0)
            self.poller.register(conn.sock, EVENT_READ, partial(self._read_on, conn))
        except (OSError, ValueError):
            self._close(conn)  # the client was faster

    def _read_on(self, conn: Any, _socket: socket.socket) -> None:
        """Read what nobody asked for, until the client closes."""
        conn.chunks_left -= 1
        try:
            has_closed = not conn.sock.recv(_CHUNK)
        except BlockingIOError:
            return
        except OSError:
            has_closed = True
        if has_closed or not conn.chunks_left:
            self._close(conn)

    def _close(self, conn: Any) -> None:
        with suppress(KeyError, ValueError):  # it may have closed already
            self.poller.unregister(conn.sock)
        self._lingering.remove(conn)
        self.nr_conns -= 1
        conn.close()
