"""The addresses for those who watch."""

import pytest
from django.db import DatabaseError, connection
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families

from shared.testing.assertions import assert_problem


def break_database(monkeypatch):
    """Let every connection fail."""

    def fail():
        raise DatabaseError("a secret host")

    monkeypatch.setattr(connection, "ensure_connection", fail)


def test_it_lives_without_a_database(client, monkeypatch):
    break_database(monkeypatch)

    assert client.get("/status/live").json() == {"status": "ok"}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/status/health", "/status/data"])
def test_it_is_well(client, path):
    assert client.get(path).json() == {"status": "ok"}


@pytest.mark.parametrize("path", ["/status/health", "/status/data"])
def test_it_is_ill_without_a_database(client, monkeypatch, path):
    break_database(monkeypatch)

    assert_problem(client.get(path), 503, in_detail="The database does not answer")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("found", "detail"), [(False, "nothing to serve"), ("No dataset.", "No dataset.")]
)
def test_it_says_that_there_is_no_data(client, monkeypatch, found, detail):
    monkeypatch.setattr("project.views.has_something", lambda: found)

    assert_problem(client.get("/status/data"), 503, in_detail=detail)


@pytest.mark.django_db
def test_it_needs_no_check_of_data(client, settings):
    settings.STATUS_DATA_CHECK = ""

    assert client.get("/status/data").status_code == 200


@pytest.mark.parametrize("path", ["/status/live", "/status/health", "/metrics"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_can_only_be_read(client, path, method):
    assert_problem(getattr(client, method)(path), 405)


def count_of(**labels):
    """Return how many requests with `labels` were counted."""
    return REGISTRY.get_sample_value("kade_http_requests_total", labels) or 0


@pytest.mark.parametrize(
    ("method", "path", "labels"),
    [
        ("GET", "/framed", {"route": "framed", "method": "GET", "status": "200"}),
        ("GET", "/nothing", {"route": "none", "method": "GET", "status": "404"}),
        (
            "FROB",
            "/plain/things/1",
            {"route": "plain/things/<int:number>", "method": "other", "status": "405"},
        ),
    ],
)
def test_it_counts_requests_by_route(client, method, path, labels):
    before = count_of(**labels)

    client.generic(method, path)

    assert count_of(**labels) == before + 1


@pytest.mark.django_db
def test_it_serves_valid_metrics(client):
    client.get("/framed")

    response = client.get("/metrics")
    names = {f.name for f in text_string_to_metric_families(response.content.decode())}

    assert response.headers["Content-Type"].startswith("text/plain")
    assert {"kade_http_requests", "kade_http_request_seconds", "kade_jobs"} <= names


def test_it_serves_metrics_without_a_database(client, monkeypatch):
    break_database(monkeypatch)

    response = client.get("/metrics")

    assert response.status_code == 200
    assert b"kade_jobs" not in response.content
