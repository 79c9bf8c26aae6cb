"""Fixtures of every suite; a conftest.py imports them by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import connection

from shared.tokens import issuing


@pytest.fixture
def make_token(db: None) -> Callable[..., dict[str, str]]:  # noqa: ARG001
    """Return a maker of tokens: scopes in, headers for Django's test client out."""

    def make(*scopes: str, name: str = "tester") -> dict[str, str]:
        chosen = scopes or tuple(settings.TOKEN_SCOPES)
        _, text = issuing.create_token(name, scopes=chosen, by="test")
        return {"Authorization": f"Bearer {text}"}

    return make


@pytest.fixture
def token(make_token: Callable[..., dict[str, str]]) -> dict[str, str]:
    """Return the headers of a caller with every scope of the service."""
    return make_token()


@pytest.fixture
def clean_jobs(transactional_db: None) -> Iterator[None]:  # noqa: ARG001
    """Leave no job behind: Django's flush does not know procrastinate's tables."""
    _remove_jobs()
    yield
    _remove_jobs()


def _remove_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_periodic_defers")
        cursor.execute("DELETE FROM procrastinate_jobs")
        cursor.execute("DELETE FROM procrastinate_workers")
