"""Fetching from real servers on this machine."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from shared.fetching import (
    AddressRefusedError,
    BodyError,
    DeadlineError,
    FetchError,
    Limits,
    RedirectRefusedError,
    StatusError,
    TooLargeError,
    UnreachableError,
    UrlRefusedError,
    check_place,
    fetch,
)

Script = Callable[[socket.socket, bytes], None]
OK = b"HTTP/1.1 200 OK\r\n"


class Server:
    """A server that does to each connection what a script says."""

    def __init__(self, script: Script) -> None:
        self.requests: list[bytes] = []
        self._script = script
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.origin = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(
                target=self._answer, args=(connection,), daemon=True
            ).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection:
            request = connection.recv(65536)
            self.requests.append(request)
            try:
                self._script(connection, request)
            except OSError:
                return

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@contextmanager
def serving(script: Script | bytes) -> Iterator[Server]:
    """Serve a script, or the same bytes to everybody."""
    if isinstance(script, bytes):
        answer = script
        script = lambda connection, _: connection.sendall(answer)  # noqa: E731
    server = Server(script)
    try:
        yield server
    finally:
        server.close()


def whole(body: bytes, *headers: str) -> bytes:
    """Write a complete answer."""
    lines = "".join(f"{header}\r\n" for header in headers).encode("latin-1")
    return OK + b"Content-Length: %d\r\n" % len(body) + lines + b"\r\n" + body


def redirect(place: str) -> bytes:
    """Write an answer that leads elsewhere."""
    return (
        f"HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n".encode()
    )


def get(server: Server, path: str = "/", **options: Any) -> Any:
    """Fetch from a server whose origin is trusted."""
    return fetch(server.origin + path, trusted=[server.origin], **options)


def test_it_fetches_from_a_trusted_origin() -> None:
    with serving(whole(b"hello", 'ETag: "1"', "X: a", "X: b")) as server:
        answer = get(server, "/a?b=c")

    assert (answer.body, answer.status, answer.etag) == (b"hello", 200, '"1"')
    assert answer.url == f"{server.origin}/a?b=c"
    assert answer.headers["x"] == "a, b"
    assert server.requests[0].startswith(b"GET /a?b=c HTTP/1.1\r\n")


def test_it_fetches_where_a_trusted_origin_is_reached() -> None:
    public = "https://data.example"
    with serving(whole(b"hello")) as server:
        answer = fetch(f"{public}/a", trusted={public: server.origin})

    assert (answer.body, answer.url) == (b"hello", f"{public}/a")
    assert b"\r\nHost: data.example\r\n" in server.requests[0]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"]
)
def test_it_refuses_an_origin_that_is_not_trusted(host: str) -> None:
    with serving(whole(b"secret")) as server, pytest.raises(AddressRefusedError):
        fetch(f"http://{host}:{server.port}/")

    assert server.requests == []


def test_it_says_nothing_of_what_listens_there() -> None:
    with serving(whole(b"x")) as server:
        listening = server.port
        open_port = _refusal(f"http://127.0.0.1:{listening}/")
    closed_port = _refusal(f"http://127.0.0.1:{listening}/")

    assert open_port == closed_port == _refusal("http://unknown.invalid/")


def test_it_checks_a_place_without_going_there() -> None:
    with serving(whole(b"x")) as server:
        assert check_place(server.origin, trusted=[server.origin]).trusted
        with pytest.raises(AddressRefusedError):
            check_place(server.origin)

    assert server.requests == []


def test_it_refuses_other_ports_of_a_public_host(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _resolve_to(monkeypatch, "8.8.8.8")

    with pytest.raises(UrlRefusedError, match="port of the URL: 80 or 443"):
        fetch("http://public.example:22/")


def test_it_connects_to_the_address_that_was_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_up: list[str] = []

    def once(host: str, _: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"]

    monkeypatch.setattr("shared.fetching.addresses._look_up", once)
    with serving(whole(b"x")) as server:
        origin = f"http://named.example:{server.port}"
        fetch(origin + "/", trusted=[origin])

    assert looked_up == ["named.example"]
    assert f"Host: named.example:{server.port}\r\n".encode() in server.requests[0]


def test_it_tells_the_name_to_a_tls_server(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(b"no TLS here") as server:
        _resolve_to(monkeypatch, "127.0.0.1")
        origin = f"https://named.example:{server.port}"
        with pytest.raises(UnreachableError):
            fetch(origin + "/", trusted=[origin])

    assert b"named.example" in server.requests[0]


def test_it_tries_every_address_of_a_trusted_host(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _resolve_to(monkeypatch, "::1", "127.0.0.1")
    with serving(whole(b"x")) as server:
        origin = f"http://two.example:{server.port}"
        answer = fetch(origin + "/", trusted=[origin])

    assert answer.body == b"x"


def test_it_ignores_the_proxy_of_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with serving(whole(b"direct")) as server, serving(whole(b"proxied")) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.origin)
        monkeypatch.setenv("http_proxy", proxy.origin)
        answer = get(server)

    assert answer.body == b"direct"


def test_it_follows_redirects_and_says_where_it_ended() -> None:
    def script(connection: socket.socket, request: bytes) -> None:
        moved = request.startswith(b"GET /a ")
        connection.sendall(redirect("b#x") if moved else whole(b"there"))

    with serving(script) as server:
        answer = get(server, "/a")

    assert (answer.body, answer.url) == (b"there", f"{server.origin}/b")


@pytest.mark.parametrize(
    ("place", "error"),
    [
        ("http://[::1]/", AddressRefusedError),
        ("http://169.254.169.254/latest", AddressRefusedError),
        ("file:///etc/passwd", UrlRefusedError),
        ("gopher://host/", UrlRefusedError),
        ("/again", RedirectRefusedError),
        ("", RedirectRefusedError),
    ],
)
def test_it_checks_where_a_redirect_leads(place: str, error: type[FetchError]) -> None:
    with serving(redirect(place)) as server, pytest.raises(error):
        get(server)

    assert len(server.requests) <= 4


def test_it_does_not_trust_another_port_after_a_redirect() -> None:
    with (
        serving(whole(b"secret")) as inner,
        serving(redirect(inner.origin)) as server,
        pytest.raises(AddressRefusedError),
    ):
        get(server)

    assert inner.requests == []


def test_it_asks_whether_anything_changed() -> None:
    with serving(b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n') as server:
        answer = get(server, etag='"1"')

    assert (answer.is_unchanged, answer.body) == (True, b"")
    assert b'If-None-Match: "1"\r\n' in server.requests[0]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [("Retry-After: 7\r\n", 7), ("Retry-After: soon\r\n", None), ("", None)],
)
def test_it_tells_how_long_a_busy_server_wants_to_be_left(
    headers: str, seconds: int | None
) -> None:
    busy = f"HTTP/1.1 429 Too Many\r\n{headers}Content-Length: 0\r\n\r\n".encode()

    with serving(busy) as server, pytest.raises(StatusError) as refused:
        get(server)

    assert (refused.value.status, refused.value.retry_after) == (429, seconds)


def test_it_unpacks_gzip() -> None:
    packed = whole(gzip.compress(b"hello"), "Content-Encoding: gzip")

    with serving(packed) as server:
        assert get(server).body == b"hello"


def test_it_refuses_an_encoding_that_it_did_not_ask_for() -> None:
    brotli = whole(b"x", "Content-Encoding: br")

    with serving(brotli) as server, pytest.raises(BodyError):
        get(server)


def test_it_cuts_an_endless_answer() -> None:
    def script(connection: socket.socket, _: bytes) -> None:
        connection.sendall(OK + b"Transfer-Encoding: chunked\r\n\r\n")
        while True:
            connection.sendall(b"3e8\r\n" + b"x" * 1000 + b"\r\n")

    with serving(script) as server, pytest.raises(TooLargeError):
        get(server, limits=Limits(max_bytes=5000))


@pytest.mark.parametrize("opening", [b"", OK, OK + b"Content-Length: 99\r\n\r\n"])
def test_it_does_not_wait_for_a_slow_answer(opening: bytes) -> None:
    def script(connection: socket.socket, _: bytes) -> None:
        connection.sendall(opening)
        while True:
            time.sleep(0.05)
            connection.sendall(b"X")

    started = time.monotonic()
    with serving(script) as server, pytest.raises(DeadlineError, match=r"0\.3 seconds"):
        get(server, limits=Limits(seconds=0.3))

    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    "answer",
    [b"", b"no HTTP\r\n\r\n", OK + b"Content-Length: 99\r\n\r\nshort"],
    ids=["nothing", "nonsense", "cut off"],
)
def test_it_says_that_an_answer_is_broken(answer: bytes) -> None:
    with serving(answer) as server, pytest.raises(UnreachableError, match="proper"):
        get(server)


def test_it_says_that_nobody_answers() -> None:
    with serving(b"") as server:
        pass

    with pytest.raises(UnreachableError):
        get(server)


def _refusal(url: str) -> str:
    with pytest.raises(AddressRefusedError) as refused:
        fetch(url)
    return str(refused.value)


def _resolve_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    monkeypatch.setattr(
        "shared.fetching.addresses._look_up", lambda *_: list(addresses)
    )
