"""Read a URL strictly: what is doubtful is refused, by the name of the part."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, quote, urlsplit

import idna

from .errors import UrlRefusedError

MAX_LENGTH = 2000
DEFAULT_PORTS = {"http": 80, "https": 443}
_CONTROL_OR_SPACE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\\]")
# Underscores are no host name (RFC 1123 §2.1), but common among container names.
_HOST = re.compile(
    r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*"
)
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"


@dataclass(frozen=True)
class Target:
    """A URL taken apart: what is connected to, and what is asked for there."""

    scheme: str
    host: str
    port: int
    path: str
    trusted: bool = False
    reached_at: str = ""

    @property
    def authority(self) -> str:
        """Name host and port as the Host header does (RFC 9110 §7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        if self.port == DEFAULT_PORTS[self.scheme]:
            return host
        return f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Name scheme, host and port (RFC 6454 §6.2)."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """Put the URL together again, without its fragment."""
        return self.origin + self.path

    @property
    def place(self) -> Target:
        """Give what is connected to: itself, or where a trusted origin is reached."""
        return check_url(self.reached_at + self.path) if self.reached_at else self


def check_url(url: str, *, trusted: Collection[str] = ()) -> Target:
    """Take a URL apart; raise UrlRefusedError naming the part that is refused.

    `trusted` are origins (scheme://host[:port]); they are compared exactly. A mapping
    also tells at which origin each is reached. Whether the host's address is allowed is
    not known before it is resolved.
    """
    if len(url) > MAX_LENGTH:
        raise UrlRefusedError("length", f"at most {MAX_LENGTH} characters")
    if _CONTROL_OR_SPACE.search(url):
        raise UrlRefusedError("text", "no spaces, control characters or backslashes")
    parts = _split(url)
    scheme = _scheme(parts)
    if parts.username is not None or parts.password is not None:
        raise UrlRefusedError("user", "no user name or password")
    target = Target(scheme, _host(parts), _port(parts, scheme), _path(parts))
    places = trusted if isinstance(trusted, Mapping) else {}
    return replace(
        target,
        trusted=target.origin in trusted,
        reached_at=places.get(target.origin, ""),
    )


def origin_of(url: str) -> str:
    """Return the origin of a URL in the spelling that trusted origins have."""
    return check_url(url).origin


def check_port(target: Target) -> None:
    """Refuse ports on which no web server is expected, unless the origin is trusted."""
    if not target.trusted and target.port not in DEFAULT_PORTS.values():
        raise UrlRefusedError("port", "80 or 443")


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError as error:
        raise UrlRefusedError("host", "not well-formed") from error


def _scheme(parts: SplitResult) -> str:
    if parts.scheme not in DEFAULT_PORTS:
        raise UrlRefusedError("scheme", "http or https")
    return parts.scheme


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if ":" in host:
        return _ipv6(host)
    if not host.isascii():
        host = _to_ascii(host)
    if len(host) > 253 or not _HOST.fullmatch(host):
        raise UrlRefusedError("host", "a name or an address")
    return host


def _ipv6(host: str) -> str:
    if "%" in host:
        raise UrlRefusedError("host", "no zone in an address")
    try:
        return str(ipaddress.IPv6Address(host))
    except ValueError as error:
        raise UrlRefusedError("host", "not an IPv6 address") from error


def _to_ascii(host: str) -> str:
    try:
        return idna.encode(host, uts46=False).decode("ascii")
    except idna.IDNAError as error:
        raise UrlRefusedError("host", "not a name that can be registered") from error


def _port(parts: SplitResult, scheme: str) -> int:
    try:
        port = parts.port
    except ValueError as error:
        raise UrlRefusedError("port", "a number up to 65535") from error
    if port == 0:
        raise UrlRefusedError("port", "a number from 1")
    return port or DEFAULT_PORTS[scheme]


def _path(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=_PATH_SAFE)
    return (
        f"{path}?{quote(parts.query, safe=_PATH_SAFE + '?')}" if parts.query else path
    )
