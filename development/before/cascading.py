"""A plugin for tests that run on a newer schema than they know.

Django empties the tables that it knows after some tests. New ones may refer to those,
and have to be emptied too.
"""

from typing import Any


def pytest_sessionstart() -> None:
    """Empty whatever refers to a table that is emptied."""
    # Not above: Django is set up after this file is read.
    from django.db.backends.postgresql.operations import DatabaseOperations

    original = DatabaseOperations.sql_flush

    def sql_flush(*arguments: Any, **options: Any) -> Any:
        return original(*arguments, **{**options, "allow_cascade": True})

    DatabaseOperations.sql_flush = sql_flush  # type: ignore[method-assign]
