"""Readers in processes of their own: what they tell, and what ends them."""

from __future__ import annotations

import io
import json
import os
import signal
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from catalog_service.documents import NotOpenApiError, OverLimitsError, SyntaxFaultError
from catalog_service.examining import child, convert, examine, read_any, running, tasks
from catalog_service.examining.frames import pack, unpack
from catalog_service.examining.pool import Pool, ReaderLateError, ReaderLostError

RAW = b"openapi: 3.0.0\ninfo: {title: A, version: '1'}\npaths: {}\n"


@pytest.fixture
def pool() -> Iterator[Pool]:
    """A pool of one reader."""
    made = Pool(at_once=1)
    yield made
    made.close()


def test_it_examines_in_another_process() -> None:
    outcome = examine(RAW, base_url="https://a.example/")

    assert outcome.facts["title"] == "A"
    assert outcome.is_valid


def test_it_takes_a_refusal_for_its_own() -> None:
    with pytest.raises(NotOpenApiError):
        examine(b"a: 1", base_url="")
    with pytest.raises(SyntaxFaultError) as caught:
        read_any(b"a: [")
    assert caught.value.line


def test_it_converts_and_reads() -> None:
    assert convert(RAW, "application/json").startswith(b'{\n  "openapi": "3.0.0"')
    assert read_any(b"[1, 2]") == [1, 2]
    assert b"https://a.example" in running.with_servers(RAW, "https://a.example/x")


def test_it_ends_a_reader_that_takes_too_long() -> None:
    with pytest.raises(OverLimitsError, match="more than 0 seconds"):
        running.run("examine", RAW, seconds=0, base_url="")
    assert examine(RAW, base_url="").label == "1"


def _ask(pool: Pool, *, seconds: float = 10) -> Any:
    message = {"task": "read_any", "arguments": {}}
    return pool.ask(message, (b"[1]",), seconds)[0]["value"]


def test_it_uses_a_reader_again(pool: Pool) -> None:
    assert _ask(pool) == [1]
    (reader,) = pool._idle
    assert _ask(pool) == [1]
    assert pool._idle == [reader]


def test_it_replaces_a_reader_after_a_number_of_tasks(pool: Pool) -> None:
    _ask(pool)
    pool._idle[0].tasks_left = 1

    assert _ask(pool) == [1]
    assert pool._idle == []


def test_it_lives_when_a_reader_is_killed(pool: Pool) -> None:
    _ask(pool)
    process = pool._idle[0]._process
    os.kill(process.pid, signal.SIGKILL)
    process.wait()

    with pytest.raises(ReaderLostError):
        _ask(pool)
    assert _ask(pool) == [1]


def test_it_kills_a_reader_that_hangs(pool: Pool) -> None:
    _ask(pool)
    process = pool._idle[0]._process
    os.kill(process.pid, signal.SIGSTOP)

    with pytest.raises(ReaderLateError):
        _ask(pool, seconds=0.2)
    assert process.poll() is not None


def test_it_ends_a_reader_that_works_too_long(pool: Pool) -> None:
    raw = b"[" + b"[1,[2]]," * 150_000 + b"1]"
    message = {"task": "read_any", "arguments": {}}

    with pytest.raises(ReaderLateError):
        pool.ask(message, (raw,), 0.03)


def test_it_tells_of_a_reader_that_was_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    class Lost:
        def ask(self, *_: Any) -> Any:
            raise ReaderLostError

    monkeypatch.setattr(running, "_pool", Lost)

    with pytest.raises(OverLimitsError, match="gave up"):
        read_any(b"1")


def test_a_copy_of_the_service_starts_readers_of_its_own(pool: Pool) -> None:
    _ask(pool)
    (reader,) = pool._idle
    pool._owner = -1

    assert _ask(pool) == [1]
    assert pool._idle != [reader]
    reader.end()


def test_it_serves_one_after_the_other(pool: Pool) -> None:
    found: list[Any] = []
    threads = [threading.Thread(target=lambda: found.append(_ask(pool))) for _ in "abc"]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [[1]] * 3
    assert len(pool._idle) == 1


def test_a_reader_knows_no_secret(monkeypatch: pytest.MonkeyPatch, pool: Pool) -> None:
    monkeypatch.setenv("SECRET_KEY", "hidden")
    _ask(pool)

    with open(f"/proc/{pool._idle[0]._process.pid}/environ", "rb") as told:  # noqa: PTH123
        assert b"hidden" not in told.read()


def _serve(*messages: tuple[dict[str, Any], list[bytes]]) -> list[dict[str, Any]]:
    requests = io.BytesIO(b"".join(pack(*message) for message in messages))
    answers = io.BytesIO()
    child.serve(requests, answers)
    answers.seek(0)
    found = []
    while (answer := unpack(answers.read)) is not None:
        found.append(answer[0])
    return found


def test_a_reader_answers_one_after_the_other() -> None:
    ask = {"task": "read_any", "arguments": {}, "seconds": 5, "patience": 9}

    good, bad = _serve((ask, [b"[1]"]), (ask, [b"{"]))

    assert good["value"] == [1]
    assert (bad["refused"], bad["line"]) == ("SyntaxFaultError", 1)


@pytest.mark.parametrize("error", [MemoryError, RecursionError])
def test_a_reader_gives_up(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def fail(*_: bytes) -> None:
        raise error

    monkeypatch.setitem(tasks.TASKS, "fail", fail)  # type: ignore[arg-type]

    ask = {"task": "fail", "arguments": {}, "seconds": 5, "patience": 9}
    (answer,) = _serve((ask, []))

    assert answer["refused"] == "OverLimitsError"


def test_a_frame_that_is_broken_is_none() -> None:
    whole = pack({"a": 1}, [b"xy"])

    assert unpack(io.BytesIO(whole).read) == ({"a": 1, "sizes": [2]}, [b"xy"])
    assert unpack(io.BytesIO(whole[:-1]).read) is None
    assert unpack(io.BytesIO(b"\xff" * 8).read) is None
    assert unpack(io.BytesIO(b"").read) is None


def test_the_tasks_tell_what_they_do() -> None:
    told, _ = tasks.examine(
        b'{"openapi": "3.0.0", "tags": [{"name": "a"}],'
        b' "paths": {"/a": {"get": {"tags": ["b", " "], "summary": "List all"}}}}',
        base_url="",
    )

    assert told["tags"] == ["a", "b"]
    assert told["words"] == "list all a"
    assert tasks.read_any(b"1") == (1, b"")
    assert tasks.convert(RAW, media_type="application/yaml")[1]
    assert tasks.with_servers(RAW, base_url="")[1]


def test_it_lints_in_another_process() -> None:
    told = running.lint(RAW, "adr-2.2")

    semver = next(f for f in told["findings"] if f["rule"] == "nlgov:semver")
    assert (semver["pointer"], semver["line"]) == ("/info/version", 2)
    assert told["rule_set"] == "adr-2.2"
    assert told["explanations"] == []


def test_it_lists_the_first_findings_of_a_rule() -> None:
    names = {f"a_{n}": {"type": "string"} for n in range(300)}
    schemas = {"components": {"schemas": names}}
    told, _ = tasks.TASKS["lint"](
        json.dumps({"openapi": "3.1.0", **schemas}).encode(), rule_set="adr-2.2"
    )

    found = [f for f in told["findings"] if f["rule"] == "nlgov:schema-camel-case"]
    assert len(found) == 200
    assert told["omitted"] == 100
