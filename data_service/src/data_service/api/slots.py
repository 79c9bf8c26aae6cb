"""Places for long answers: those that may wait for their client for minutes.

A web process has WEB_STREAMS threads more than it has for pages, and no more long
answers than that at once. So pages always find a thread, however slow the downloads.
"""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest

from shared.problems import UnavailableError

RETRY_AFTER = 10
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: on, for no time
_lock = threading.Lock()
_taken = 0


class Slot:
    """A place, until it is given back, and the socket that its client is behind."""

    def __init__(self, request: HttpRequest) -> None:
        """Take a place, raising UnavailableError when there is none."""
        _take()
        self._held = True
        # Gunicorn's; other servers have none to give.
        self._socket: socket.socket | None = request.META.get("gunicorn.socket")
        if self._socket is not None:
            self._socket.settimeout(settings.SEND_SECONDS)

    def give_back(self) -> None:
        """Let another have the place; a second time does nothing."""
        global _taken  # noqa: PLW0603  (the count of the process)
        with _lock:
            _taken -= self._held
            self._held = False

    def cut_off(self) -> None:
        """Reset the connection, so that the client cannot take a part for the whole.

        Without chunks (HTTP/1.0, as many a proxy asks) an orderly end is the end of
        the answer.
        """
        if self._socket is None:
            return
        with suppress(OSError):
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            self._socket.close()


def _take() -> None:
    global _taken  # noqa: PLW0603
    with _lock:
        if _taken >= settings.WEB_STREAMS:
            detail = "Too many downloads and exports run at the moment."
            raise UnavailableError(detail, retry_after=RETRY_AFTER)
        _taken += 1
