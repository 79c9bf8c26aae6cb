"""What is remembered, and what is forgotten for it."""

import pytest

from data_service.querying.memories import Memory


@pytest.fixture
def memory():
    return Memory(10, len)


def test_it_gives_what_it_was_given(memory):
    memory.keep("a", b"123")

    assert memory.known("a") == b"123"
    assert memory.known("b") is None


def test_it_forgets_what_was_asked_longest_ago(memory):
    memory.keep("a", b"12345")
    memory.keep("b", b"12345")
    memory.known("a")

    memory.keep("c", b"12345")

    assert [memory.known(key) for key in "abc"] == [b"12345", None, b"12345"]
    assert memory.bytes == 10


def test_it_forgets_as_many_as_have_to_go(memory):
    for key in "abcde":
        memory.keep(key, b"12")

    memory.keep("f", b"1234567")

    assert [key for key in "abcdef" if memory.known(key)] == ["e", "f"]


def test_it_does_not_keep_what_is_too_large(memory):
    memory.keep("a", b"1")

    memory.keep("b", b"12345678901")

    assert (len(memory), memory.bytes) == (1, 1)


def test_it_counts_a_key_once(memory):
    memory.keep("a", b"123")
    memory.keep("a", b"123")

    assert (len(memory), memory.bytes) == (1, 3)


def test_it_can_be_emptied(memory):
    memory.keep("a", b"1")

    memory.clear()

    assert (len(memory), memory.bytes) == (0, 0)
