"""Connect to checked addresses only, and keep every wait within the deadline.

The name goes into TLS and the Host header, never into a second look-up: that is what
keeps a name that changes its address (DNS rebinding) from leading elsewhere.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Sequence
from typing import Any

import httpcore

from .limits import Deadline


class PinnedBackend(httpcore.NetworkBackend):
    """Opens connections to given addresses, whatever host is asked for."""

    def __init__(self, addresses: Sequence[str], deadline: Deadline) -> None:
        self._addresses = addresses
        self._deadline = deadline
        self._sockets = httpcore.SyncBackend()

    # The shapes of the methods are httpcore's; its own time-outs are of no use here.
    def connect_tcp(
        self,
        host: str,  # noqa: ARG002
        port: int,
        timeout: float | None = None,  # noqa: ARG002
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers, sharing the time among them."""
        failure: Exception = httpcore.ConnectError()
        for left, address in zip(
            range(len(self._addresses), 0, -1), self._addresses, strict=True
        ):
            wait = self._deadline.remaining() / left
            try:
                stream = self._sockets.connect_tcp(address, port, timeout=wait)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
                continue
            return DeadlineStream(stream, self._deadline)
        raise failure


class DeadlineStream(httpcore.NetworkStream):
    """A connection on which no single wait outlasts what is left of the whole."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(
        self,
        max_bytes: int,
        timeout: float | None = None,  # noqa: ARG002
    ) -> bytes:
        """Read within what is left."""
        return self._stream.read(max_bytes, timeout=self._deadline.remaining())

    def write(
        self,
        buffer: bytes,
        timeout: float | None = None,  # noqa: ARG002
    ) -> None:
        """Write within what is left."""
        self._stream.write(buffer, timeout=self._deadline.remaining())

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        """Shake hands within what is left; `server_hostname` stays the name."""
        stream = self._stream.start_tls(
            ssl_context, server_hostname, timeout=self._deadline.remaining()
        )
        return DeadlineStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Pass on what the connection knows of itself."""
        return self._stream.get_extra_info(info)
