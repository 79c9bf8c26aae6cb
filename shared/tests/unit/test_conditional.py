"""Entity tags."""

import pytest
from django.test import RequestFactory

from shared.conditional import etag_of, not_modified


def test_it_makes_strong_quoted_tags():
    tag = etag_of("a", 1, None)

    assert tag == etag_of("a", 1, None)
    assert tag.startswith('"')
    assert tag.endswith('"')


@pytest.mark.parametrize("other", [("a1",), ("1", "a"), ("a", "1", ""), ("a\ud800",)])
def test_it_tells_different_parts_apart(other):
    assert etag_of(*other) != etag_of("a", "1")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ('"x"', True),
        ('W/"x"', True),
        ('"a", W/"x"', True),
        ("*", True),
        (" * ", True),
        ('"y"', False),
        ("x", False),
        ("", False),
        (",,;é\x00", False),
    ],
)
def test_it_compares_weakly(header, expected):
    request = RequestFactory().get("/", headers={"If-None-Match": header})

    assert not_modified(request, '"x"') is expected


def test_it_compares_a_weak_tag():
    request = RequestFactory().get("/", headers={"If-None-Match": '"x"'})

    assert not_modified(request, 'W/"x"') is True


def test_it_sends_everything_to_a_client_without_a_tag():
    assert not_modified(RequestFactory().get("/"), '"x"') is False
