"""Query parameters: all that is wrong with them is said at once."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from shared.parameters import PAGING, check_parameters
from shared.problems import BadRequestError, Fault


def refuse() -> None:
    raise BadRequestError(faults=[Fault("level", "is not known")])


@pytest.mark.parametrize(
    ("query", "known", "names"),
    [
        ("x=1&y=2", (), ["x", "y"]),
        ("=1", (), ["(empty)"]),
        ("a=1&a=2", ("a",), ["a"]),
        ("page=0&pageSize=1000&x=1", PAGING, ["x", "page", "pageSize"]),
        ("page=0", (), ["page"]),
    ],
)
def test_it_names_every_fault(query: str, known: tuple[str, ...], names: list) -> None:
    with pytest.raises(BadRequestError) as raised:
        check_parameters(QueryDict(query), known)

    assert [fault.name for fault in raised.value.faults] == names


def test_it_says_what_readers_refuse_too() -> None:
    with pytest.raises(BadRequestError) as raised:
        check_parameters(QueryDict("x=1"), ("level",), refuse)

    assert [fault.name for fault in raised.value.faults] == ["x", "level"]


@pytest.mark.parametrize("query", ["", "page=2&pageSize=5"])
def test_it_takes_what_is_known(query: str) -> None:
    check_parameters(QueryDict(query), PAGING)
