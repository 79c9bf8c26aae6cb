"""The application that a WSGI server runs."""

from __future__ import annotations

import pytest
from django.test import RequestFactory


@pytest.mark.django_db  # a connection that other tests left open may be looked at
def test_it_answers_a_wsgi_server() -> None:
    from catalog_service.examining.running import _pool, limit_line
    from catalog_service.wsgi import application

    assert _pool().longest_line
    limit_line(None)

    statuses: list[str] = []
    environ = RequestFactory().get("/status/live").environ
    body = application(environ, lambda status, *_: statuses.append(status))

    assert statuses == ["200 OK"]
    assert b"ok" in b"".join(body)
