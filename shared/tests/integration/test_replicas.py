"""What happens on a replica, while the primary is away."""

import time
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from shared import databases
from shared.databases import is_replica, leave_replica_soon
from shared.limits import limit_searches
from shared.middleware.problems import ProblemMiddleware
from shared.tokens import authenticate, create_token
from shared.tokens.models import Token

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["in_hot_standby", "default_transaction_read_only"])
def replica(monkeypatch, request):
    """Let the server say of itself that it is a replica, or that it was just now."""
    connection.ensure_connection()
    info = connection.connection.info

    class Told:
        def __getattr__(self, name):
            return getattr(info, name)

        def parameter_status(self, name):
            return "on" if name == request.param else info.parameter_status(name)

    monkeypatch.setattr(type(connection.connection), "info", Told())


def test_it_knows_a_primary():
    assert not is_replica(connection)


def test_it_looks_for_the_primary_again(replica, monkeypatch):
    monkeypatch.setattr(connections["default"], "close_at", None)

    leave_replica_soon(connection=connection)

    assert connection.close_at <= time.monotonic() + databases.REPLICA_SECONDS


def test_it_says_that_it_can_be_read(client, replica):
    assert client.get("/status/health").json() == {"status": "read-only"}


def test_it_searches_without_counting(settings, replica):
    settings.SEARCHES_PER_MINUTE = 1

    for _ in range(3):
        limit_searches(RequestFactory().get("/"))


def test_it_knows_a_caller_without_noting_it(replica):
    _, text = create_token("reader", scopes=["data:write"], by="me")
    Token.objects.update(last_used_at=timezone.now() - timedelta(days=2))
    before = Token.objects.get().last_used_at

    caller = authenticate(
        RequestFactory().get("/", headers={"Authorization": f"Bearer {text}"})
    )

    assert caller.name == "reader"
    assert Token.objects.get().last_used_at == before


class View:
    """A view whose database goes away the first time."""

    def __init__(self, *, ends: bool) -> None:
        self.calls = 0
        self._ends = ends

    def __call__(self, request):
        self.calls += 1
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if self._ends and self.calls == 1:
            connection.connection.close()
            connection.errors_occurred = True
        return HttpResponse(status=503 if self.calls == 1 else 200)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("method", "ends", "calls"),
    [("GET", True, 2), ("HEAD", True, 2), ("POST", True, 1), ("GET", False, 1)],
)
def test_it_reads_again_from_another_server(method, ends, calls):
    view = View(ends=ends)

    response = ProblemMiddleware(view)(RequestFactory().generic(method, "/"))
    connection.close()

    assert view.calls == calls
    assert response.status_code == (200 if calls == 2 else 503)
