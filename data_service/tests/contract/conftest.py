"""The API as a client sees it: the four trees, and short ways to ask."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from live_server import publish_big_table, start_server

from data_service.querying import connections

Get = Callable[..., Any]
Ids = Callable[[str], list[int]]


@pytest.fixture(autouse=True)
def closed_connection() -> Iterator[None]:
    """Close the connection to the rows, as a thread that ends does."""
    yield
    connections.close()


@pytest.fixture
def get(client: Client, module_published: object) -> Iterator[Get]:
    """Ask for a path, sent as it is written, with headers; close what is a stream."""
    responses = []

    def do_get(path: str, **headers: str) -> Any:
        responses.append(client.get(path, headers=headers, RAW_URI=path))
        return responses[-1]

    yield do_get
    for response in responses:
        response.close()


@pytest.fixture
def ids(get: Get) -> Ids:
    """Give the identifiers of the trees that a query string finds."""

    def find(query: str) -> list[int]:
        response = get(f"/v1/trees/tree?{query}")
        assert response.status_code == 200, response.content
        return [row["id"] for row in response.json()["_embedded"]["tree"]]

    return find


@pytest.fixture
def refused(get: Get) -> Callable[[str], dict[str, Any]]:
    """Give the faults, by name of the parameter, for which a query is refused."""

    def refuse(query: str) -> dict[str, Any]:
        response = get(f"/v1/trees/tree?{query}")
        assert response.status_code == 400, response.content
        assert response["Content-Type"] == "application/problem+json"
        return {fault["name"]: fault for fault in response.json()["invalid-params"]}

    return refuse


@pytest.fixture(scope="module")
def gunicorn(module_published: object) -> Iterator[Any]:
    """Run the service as it is deployed, on the database of the tests."""
    publish_big_table()
    server = start_server()
    yield server
    server.terminate()
    server.wait(15)


@pytest.fixture(scope="module")
def live_url(gunicorn: Any) -> str:
    """Give the address of the service that runs."""
    return str(gunicorn.url)


@pytest.fixture
def ask(live_url: str) -> Iterator[Any]:
    """Send a request; what is open in the end is closed."""
    opened: list[Any] = []

    def send(path: str, method: str = "GET", **headers: str) -> Any:
        client = http.client.HTTPConnection(urlsplit(live_url).netloc, timeout=60)
        client.request(method, path, headers=headers)
        response = client.getresponse()
        opened.extend((response, client))
        return response

    def hang_up() -> None:
        for connection_or_response in opened:
            connection_or_response.close()

    send.hang_up = hang_up  # type: ignore[attr-defined]
    yield send
    hang_up()
