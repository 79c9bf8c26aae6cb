"""What tests say about changes."""

from __future__ import annotations

from datetime import date
from typing import Any

from catalog_service.diffing import compare

TODAY = date(2026, 1, 1)


def ids(old: Any, new: Any) -> list[str]:
    """Give the ids of the changes, the worst first."""
    return [change.id for change in compare(old, new, today=TODAY)]


def assert_same(old: Any, new: Any) -> None:
    """Assert that nothing changed, neither way."""
    assert ids(old, new) == []
    assert ids(new, old) == []
