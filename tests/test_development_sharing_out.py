"""Slow tests are handed out first, and what shares services goes to one worker."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from development import sharing_out


@dataclass
class Item:
    """A test, as far as its order is concerned."""

    nodeid: str
    marks: tuple[str, ...] = ()
    path: Path = field(init=False)

    def __post_init__(self) -> None:
        self.path = Path(self.nodeid.partition("::")[0])

    def get_closest_marker(self, name: str) -> str | None:
        """Give the mark if the test has it."""
        return name if name in self.marks else None


def test_it_puts_files_with_slow_tests_first():
    items = [
        Item("tests/test_b.py::test_it"),
        Item("tests/test_a.py::test_quick"),
        Item("tests/e2e/test_c.py::test_it"),
        Item("tests/test_a.py::test_slow", marks=("slow",)),
    ]

    sharing_out.pytest_collection_modifyitems(items)

    assert [item.nodeid for item in items] == [
        *("tests/test_a.py::test_quick", "tests/e2e/test_c.py::test_it"),
        *("tests/test_a.py::test_slow", "tests/test_b.py::test_it"),
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("tests/test_a.py::test_x", "tests/test_a.py::test_y", True),
        ("tests/test_a.py::test_x", "tests/test_b.py::test_x", False),
        ("tests/e2e/test_a.py::test_x", "tests/e2e/test_b.py::test_x", True),
    ],
)
def test_it_keeps_together_what_shares_something(one, other, same):
    assert (sharing_out.portion(one) == sharing_out.portion(other)) is same
