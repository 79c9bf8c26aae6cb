"""Documents by URL are read by the guarded fetcher: bad inputs 3, 4, 9 and its limits.

The names of the hosts are made up; who answers for them stands in for the name server.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from providers import Provider, openapi

from catalog_service.documents.limits import MAX_JSON_BYTES
from catalog_service.harvesting import fetching
from catalog_service.models import Api
from shared.testing.assertions import assert_problem

pytestmark = pytest.mark.django_db

ADDRESS = "address not allowed: the host has no public address"
Push = Callable[[str], Any]


@pytest.fixture
def push(client: Client, token: dict[str, str], settings: Any) -> Push:
    """Register a URL."""
    settings.WRITES_PER_MINUTE = 0
    return lambda url: client.post(
        "/v1/apis", {"url": url}, "application/json", headers=token
    )


@pytest.fixture
def name_server(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Answer for every host, with other addresses each time; return who was asked."""

    def install(*answers: tuple[str, ...]) -> list[str]:
        asked: list[str] = []

        def answer(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
            chosen = answers[min(len(asked), len(answers) - 1)]
            asked.append(host)
            kind = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
            return [(*kind, (address, port)) for address in chosen]

        monkeypatch.setattr(socket, "getaddrinfo", answer)
        return asked

    return install


# 3
@pytest.mark.parametrize(
    "addresses", [("8.8.8.8", "10.0.0.1"), ("127.0.0.1", "8.8.8.8")]
)
def test_it_refuses_a_host_of_which_one_address_is_inside(
    push: Push, name_server: Callable[..., list[str]], addresses: tuple[str, ...]
) -> None:
    name_server(addresses)

    problem = assert_problem(push("http://mixed.example/openapi.json"), 422)

    assert problem["detail"] == ADDRESS


# 4
def test_it_connects_to_the_address_that_it_checked(
    push: Push,
    name_server: Callable[..., list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = name_server(("8.8.8.8",), ("127.0.0.1",))
    connected: list[Any] = []

    def connect(address: Any, *_: Any, **__: Any) -> socket.socket:
        connected.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    monkeypatch.setattr(socket.socket, "connect", lambda _, to: connect(to))

    assert_problem(push("http://rebinding.example/openapi.json"), 422)

    assert asked == ["rebinding.example"]
    assert set(connected) == {"8.8.8.8"}


# 9
def test_it_waits_only_so_long(
    push: Push, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = provider.serve("/slow", openapi())
    monkeypatch.setattr(fetching, "LIMITS", replace(fetching.LIMITS, seconds=0.0))

    assert_problem(push(url), 422, in_detail="0 seconds")
    assert Api.objects.count() == 0


# 5, 8, 9
def test_its_limits_are_those_of_documents() -> None:
    assert fetching.LIMITS.max_bytes == MAX_JSON_BYTES == 10_000_000
    assert (fetching.LIMITS.seconds, fetching.LIMITS.redirects) == (10, 3)
