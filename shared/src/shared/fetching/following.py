"""Follow a URL, hop by hop, to a document; each hop is checked like the first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

import httpcore

from shared.logs import request_id

from .addresses import public_addresses, trusted_addresses
from .bodies import read_body
from .connections import PinnedBackend
from .errors import (
    DeadlineError,
    RedirectRefusedError,
    StatusError,
    UnreachableError,
)
from .limits import Deadline, Limits
from .targets import Target, check_port, check_url

USER_AGENT = "kade-catalogue"
_OK, _NOT_MODIFIED = 200, 304
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_DEFAULT_LIMITS = Limits()
# Reads a body, given its chunks and the headers before it.
Take = Callable[[Iterable[bytes], Mapping[str, str]], bytes]


@dataclass(frozen=True)
class Fetched:
    """An answer: 200 with its body, or 304 with none.

    `url` is the one that answered in the end; `headers` have lower-case names.
    """

    body: bytes
    url: str
    status: int
    headers: Mapping[str, str]
    etag: str

    @property
    def is_unchanged(self) -> bool:
        """Tell whether the server says that what we have is still true."""
        return self.status == _NOT_MODIFIED


def fetch(
    url: str,
    *,
    limits: Limits = _DEFAULT_LIMITS,
    etag: str = "",
    trusted: Collection[str] = (),
    accept: str = "*/*",
) -> Fetched:
    """Fetch a URL within its limits; raise a FetchError that says why not.

    With `etag` the request is conditional (RFC 9110 §13.1.2). `trusted` are the origins
    whose address and port are not checked; a mapping also tells where each is reached.
    """

    def take(chunks: Iterable[bytes], received: Mapping[str, str]) -> bytes:
        return read_body(
            chunks,
            encoding=received.get("content-encoding", ""),
            length=received.get("content-length", ""),
            max_bytes=limits.max_bytes,
        )

    headers = _request_headers(etag, accept)
    return follow(url, take, limits=limits, trusted=trusted, headers=headers)


def follow(
    url: str,
    take: Take,
    *,
    limits: Limits,
    trusted: Collection[str],
    headers: Mapping[str, str] | None = None,
) -> Fetched:
    """Follow a URL to its answer, whose body `take` reads; raise a FetchError."""
    deadline = Deadline(limits.seconds)
    sent = headers or _request_headers("", "*/*")
    target = check_url(url, trusted=trusted)
    for _ in range(limits.redirects + 1):
        answer = _ask(target, sent, take, deadline)
        if answer.status not in _REDIRECTS:
            return _judged(answer)
        target = redirected(target, answer.headers.get("location", ""), trusted)
    raise RedirectRefusedError(f"more than {limits.redirects} redirects")


def check_place(url: str, *, trusted: Collection[str] = ()) -> Target:
    """Check a URL as a fetch would, without asking for anything there.

    Raises UrlRefusedError, AddressRefusedError, UnreachableError or DeadlineError.
    """
    target = check_url(url, trusted=trusted)
    _checked_addresses(target, Deadline(_DEFAULT_LIMITS.seconds))
    return target


def redirected(target: Target, location: str, trusted: Collection[str]) -> Target:
    """Read where a redirect leads; raise RedirectRefusedError or UrlRefusedError."""
    if not location:
        raise RedirectRefusedError("a redirect without a place to go to")
    following = check_url(urljoin(target.url, location), trusted=trusted)
    if (target.scheme, following.scheme) == ("https", "http"):
        raise RedirectRefusedError("a redirect from https to http")
    return following


def _request_headers(etag: str, accept: str) -> dict[str, str]:
    headers = {
        "User-Agent": USER_AGENT,
        "Accept": accept,
        "Accept-Encoding": "gzip, identity",
        "Connection": "close",
    }
    # So that the lines of the service that is asked lead back to who asked.
    told = {"X-Request-ID": request_id.get(), "If-None-Match": etag}
    return headers | {name: value for name, value in told.items() if value}


def _ask(
    target: Target, headers: Mapping[str, str], take: Take, deadline: Deadline
) -> Fetched:
    backend = PinnedBackend(_checked_addresses(target, deadline), deadline)
    try:
        with httpcore.ConnectionPool(network_backend=backend) as pool:
            return _exchange(pool, target, headers, take)
    except httpcore.TimeoutException as error:
        raise DeadlineError(
            f"no complete answer within {deadline.seconds:g} seconds"
        ) from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise UnreachableError("the server gave no proper answer") from error


def _checked_addresses(target: Target, deadline: Deadline) -> list[str]:
    """Look the host up; the address is judged before the port, to tell no more."""
    find = trusted_addresses if target.trusted else public_addresses
    addresses = find(target.place.host, target.place.port, deadline)
    check_port(target)
    return addresses


def _exchange(
    pool: httpcore.ConnectionPool,
    target: Target,
    headers: Mapping[str, str],
    take: Take,
) -> Fetched:
    place = target.place
    url = httpcore.URL(
        scheme=place.scheme, host=place.host, port=place.port, target=place.path
    )
    sent = [
        (name.encode("ascii"), value.encode("latin-1"))
        for name, value in {"Host": target.authority, **headers}.items()
    ]
    with pool.stream("GET", url, headers=sent) as response:
        received = _received_headers(response.headers)
        body = b""
        if response.status == _OK:
            body = take(response.iter_stream(), received)
    return Fetched(
        body, target.url, response.status, received, received.get("etag", "")
    )


def _received_headers(raw: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """Read headers; a name that is sent twice becomes a list (RFC 9110 §5.3)."""
    headers: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def _judged(answer: Fetched) -> Fetched:
    if answer.status in (_OK, _NOT_MODIFIED):
        return answer
    raise StatusError(answer.status, _retry_after(answer.headers), answer.headers)


def _retry_after(headers: Mapping[str, str]) -> int | None:
    """Read Retry-After when it is a number of seconds (RFC 9110 §10.2.3)."""
    text = headers.get("retry-after", "").strip()
    return int(text) if text.isdecimal() and len(text) < 9 else None
