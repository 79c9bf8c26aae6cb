"""A web process that stops late: who sends it requests has yet to hear of it.

An orchestrator takes the address away and sends SIGTERM at about the same time; a proxy
knows the address for some seconds more. What it sends meanwhile would stand in a queue
that nobody reads, and be lost when the process ends.
"""

from __future__ import annotations

import os
import signal
from types import FrameType

from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]


class DrainingWorker(ThreadWorker):  # type: ignore[misc]
    """Threads that answer for WEB_DRAIN_SECONDS more before they begin to stop."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop later; a second SIGTERM, at once."""
        seconds = int(os.environ.get("WEB_DRAIN_SECONDS") or 0)
        if sig == signal.SIGALRM or not seconds or signal.alarm(seconds):
            super().handle_exit(sig, frame)

    def init_signals(self) -> None:
        """Take the alarm for the end of the wait."""
        super().init_signals()
        signal.signal(signal.SIGALRM, self.handle_exit)
