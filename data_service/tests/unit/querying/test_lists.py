"""Lists with commas."""

import re

import pytest

from data_service.querying.lists import ITEM_PATTERN, split_texts, split_values
from data_service.querying.values import ValueFaultError


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a,b", ["a", "b"]),
        (",a,", ["", "a", ""]),
        ('"a,b",c', ["a,b", "c"]),
        ('""', [""]),
        ('"a""b"', ['a"b']),
        ('a"b', ['a"b']),
        ('"a\nb"', ["a\nb"]),
    ],
)
def test_it_splits_text(text, items):
    assert split_texts(text) == items


@pytest.mark.parametrize(
    "text", ['"', '"a', '"a"b', 'a,"', "x" * 201, f'"{"x" * 199}"']
)
def test_it_refuses_what_is_no_list(text):
    with pytest.raises(ValueFaultError):
        split_texts(text)


def test_it_splits_what_has_no_commas():
    assert split_values("1,2") == ["1", "2"]


@pytest.mark.parametrize("item", ["", "a", '"a,b"', '"a""b"', 'a"b'])
def test_it_documents_an_item_as_it_is_read(item):
    assert re.match(ITEM_PATTERN, item)
    assert len(split_texts(item)) == 1


@pytest.mark.parametrize("item", ['"', '"a"b', "a,b"])
def test_it_documents_no_other_item(item):
    assert not re.match(ITEM_PATTERN, item)
