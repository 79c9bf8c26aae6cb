"""What was found is kept, up to a number of bytes; and sets of ordinals."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from data_service.querying.geometries.remembering import Lookups
from data_service.querying.geometries.selections import Selection


def selection(*ordinals):
    return Selection.of([ordinals], row_count=10_000)


def test_it_finds_once():
    lookups, asked = Lookups(), []

    for _ in range(2):
        found = lookups.get("key", lambda: asked.append(1) or selection(1, 2))

    assert found.page(0, 10) == [1, 2]
    assert len(asked) == 1


def test_it_lets_others_wait_for_who_looks():
    lookups, go, asked = Lookups(), Event(), []

    def find():
        asked.append(1)
        go.wait(5)
        return selection(1, 2)

    with ThreadPoolExecutor(4) as pool:
        founds = [pool.submit(lookups.get, "key", find) for _ in range(4)]
        go.set()

    assert [found.result().page(0, 9) for found in founds] == [[1, 2]] * 4
    assert len(asked) == 1
    assert not lookups._turns


def test_it_waits_no_longer_than_it_may():
    lookups = Lookups()

    with lookups._turn("key", 1), pytest.raises(TimeoutError):
        lookups.get("key", lambda: selection(1), patience=0.01)


def test_it_lets_the_next_look_after_one_that_failed():
    lookups = Lookups()

    with pytest.raises(ZeroDivisionError):
        lookups.get("key", lambda: 1 // 0)

    assert lookups.get("key", lambda: selection(1)).page(0, 9) == [1]


def test_it_lets_no_two_look_at_once_after_one_that_failed():
    lookups, turns = Lookups(), []

    def fail():
        turns.append(lookups._turns["key"])  # as somebody who waits holds it
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        lookups.get("key", fail)

    with turns[0], pytest.raises(TimeoutError):
        lookups.get("key", lambda: selection(1), patience=0.01)


def test_it_keeps_no_more_than_it_may():
    lookups, asked = Lookups(most_bytes=2100), []

    for key in ("a", "b", "c", "c", "a"):
        lookups.get(key, lambda key=key: asked.append(key) or selection(1))

    assert asked == ["a", "b", "c", "a"]
    assert lookups.memory.bytes <= 2100


def test_it_gives_pages_of_ordinals_in_order():
    found = Selection.of([[5, 3], [], [1]], row_count=5)

    assert len(found) == 3
    assert found.page(1, 2) == [3, 5]
    assert found.page(3, 2) == []


def test_it_tells_many_ordinals_by_bits():
    found = Selection.of([range(1, 5001)], row_count=5003)

    condition, (bits,) = found.condition("f")

    assert condition.as_string(None) == 'get_bit(%s::bytea, "f"."_ordinal") = 1'
    raw = bytes.fromhex(bits.removeprefix("\\x"))
    set_bits = [n for n in range(5004) if raw[n // 8] >> (n % 8) & 1]
    assert set_bits == list(range(1, 5001))
