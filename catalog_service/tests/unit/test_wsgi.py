"""The application that a WSGI server runs."""

from __future__ import annotations

from django.test import RequestFactory


def test_it_answers_a_wsgi_server() -> None:
    from catalog_service.wsgi import application

    statuses: list[str] = []
    environ = RequestFactory().get("/status/live").environ
    body = application(environ, lambda status, *_: statuses.append(status))

    assert statuses == ["200 OK"]
    assert b"ok" in b"".join(body)
