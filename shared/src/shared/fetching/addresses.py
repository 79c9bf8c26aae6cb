"""Which addresses may be connected to, and the one look-up that finds them.

The rule is a list of what is allowed less a list of what is not, written out: Python's
`is_global` calls NAT64, 6to4 and multicast global, and differs between its versions.
"""

from __future__ import annotations

import ipaddress
import queue
import re
import socket
import threading

from .errors import AddressRefusedError, DeadlineError, UnreachableError
from .limits import Deadline

# WHATWG URL §3.5: what ends in a number is an address or nothing.
_ENDS_IN_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)
# The IANA registries of special-purpose addresses, and what lies outside unicast.
_REFUSED_V4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this host
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carriers' shared space; some clouds' metadata
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # a public number, but a cloud's inner service
        "169.254.0.0/16",  # link-local, clouds' metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
# Everything else (loopback, mapped, NAT64, local, multicast) lies outside 2000::/3.
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_REFUSED_V6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, Teredo
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4 carries an IPv4 address
        "3fff::/20",  # documentation
    )
)


def is_public(address: str) -> bool:
    """Tell whether an address belongs to the public internet."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv4Address):
        return not any(parsed in network for network in _REFUSED_V4)
    return parsed in _GLOBAL_V6 and not any(parsed in n for n in _REFUSED_V6)


def check_host(host: str) -> None:
    """Refuse what can be refused without a look-up; raise AddressRefusedError.

    An address that is not public, in any of the ways to write one, and a name of one
    label, which only the own network knows.
    """
    last = host.rpartition(".")[2]
    if not _ENDS_IN_NUMBER.fullmatch(last) and ":" not in host:
        if "." not in host:
            raise AddressRefusedError
        return
    if not is_public(_written_out(host)):
        raise AddressRefusedError


def public_addresses(host: str, port: int, deadline: Deadline) -> list[str]:
    """Resolve a host once and refuse it when any of its addresses is not public.

    Raises AddressRefusedError, also for a name that nobody knows.
    """
    addresses = _resolve(host, port, deadline)
    if not addresses or not all(map(is_public, addresses)):
        raise AddressRefusedError
    return addresses


def trusted_addresses(host: str, port: int, deadline: Deadline) -> list[str]:
    """Resolve the host of a trusted origin; raise UnreachableError when unknown."""
    addresses = _resolve(host, port, deadline)
    if not addresses:
        raise UnreachableError(f"the name {host} is not known")
    return addresses


def _written_out(host: str) -> str:
    """Write out short, octal and hexadecimal addresses, which the system takes too."""
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return host


def _resolve(host: str, port: int, deadline: Deadline) -> list[str]:
    """Look a name up in a thread of its own: the look-up itself knows no time-out."""
    found: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
    looking = threading.Thread(
        target=lambda: found.put(_look_up(host, port)), daemon=True
    )
    looking.start()
    try:
        return found.get(timeout=deadline.remaining())
    except queue.Empty as error:
        raise DeadlineError("the name of the host was not found in time") from error


def _look_up(host: str, port: int) -> list[str]:
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))
