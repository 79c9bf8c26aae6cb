"""Which addresses are public."""

from __future__ import annotations

import socket
import time
from typing import Any

import pytest

from shared.fetching import AddressRefusedError, DeadlineError, UnreachableError
from shared.fetching.addresses import (
    check_host,
    is_public,
    public_addresses,
    trusted_addresses,
)
from shared.fetching.limits import Deadline

NOT_PUBLIC = [
    "0.0.0.0",  # noqa: S104
    "10.1.2.3",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.19.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "ff02::1",
    "not an address",
]
SAME_AS_LOOPBACK = ["localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0"]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_it_knows_what_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "172.32.0.1", "2a00:1450::1"])
def test_it_knows_what_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", [*SAME_AS_LOOPBACK, "no-such-name.invalid"])
def test_it_refuses_with_one_text(host: str) -> None:
    with pytest.raises(AddressRefusedError) as refused:
        public_addresses(host, 80, Deadline(5))

    assert str(refused.value) == "the host has no public address"


@pytest.mark.parametrize(
    "host", [*SAME_AS_LOOPBACK, "10.0.0.1", "::1", "1.2.3.4.5", "0x", "intranet"]
)
def test_it_refuses_without_a_look_up(host: str) -> None:
    with pytest.raises(AddressRefusedError):
        check_host(host)


@pytest.mark.parametrize("host", ["8.8.8.8", "134744072", "2a00:1450::1", "a.example"])
def test_it_leaves_the_rest_to_the_look_up(host: str) -> None:
    check_host(host)


def test_it_refuses_a_name_with_one_bad_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _answering("8.8.8.8", "10.0.0.1"))

    with pytest.raises(AddressRefusedError):
        public_addresses("mixed.example", 80, Deadline(5))


def test_it_returns_every_public_address_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        socket, "getaddrinfo", _answering("8.8.8.8", "8.8.8.8", "1.1.1.1")
    )

    assert public_addresses("host.example", 80, Deadline(5)) == ["8.8.8.8", "1.1.1.1"]


def test_it_says_that_a_trusted_name_is_unknown() -> None:
    with pytest.raises(UnreachableError, match=r"no-such-name\.invalid"):
        trusted_addresses("no-such-name.invalid", 80, Deadline(5))


def test_it_does_not_wait_for_a_slow_name_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(1) or [])

    with pytest.raises(DeadlineError, match="in time"):
        public_addresses("slow.example", 80, Deadline(0.05))


def _answering(*addresses: str) -> Any:
    return lambda *_, **__: [(2, 1, 6, "", (address, 80)) for address in addresses]
