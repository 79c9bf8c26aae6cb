"""How much of a body is taken."""

from __future__ import annotations

import gzip
import io

import pytest

from shared.fetching import BodyError, TooLargeError
from shared.fetching.bodies import read_body, write_body


def test_it_joins_the_pieces_of_a_plain_body() -> None:
    assert _read([b"ab", b"c"]) == b"abc"


def test_it_unpacks_gzip() -> None:
    assert _read([gzip.compress(b"abc")], encoding=" GZIP ") == b"abc"


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip", "zstd"])
def test_it_refuses_other_encodings(encoding: str) -> None:
    with pytest.raises(BodyError, match="gzip or nothing"):
        _read([b"abc"], encoding=encoding)


def test_it_believes_a_length_that_is_too_large() -> None:
    with pytest.raises(TooLargeError, match="100 bytes"):
        _read([], length="101")


def test_it_counts_when_the_length_lies() -> None:
    with pytest.raises(TooLargeError):
        _read([b"x" * 60, b"x" * 60], length="7")


def test_it_stops_a_bomb_at_the_limit() -> None:
    bomb = gzip.compress(b"\0" * 50_000)
    assert len(bomb) < 100

    with pytest.raises(TooLargeError):
        _read([bomb], encoding="gzip")


@pytest.mark.parametrize(
    "body",
    [b"no gzip", gzip.compress(b"abc")[:-4], gzip.compress(b"a") * 2],
    ids=["not gzip", "cut off", "two members"],
)
def test_it_refuses_broken_gzip(body: bytes) -> None:
    with pytest.raises(BodyError):
        _read([body], encoding="gzip")


def _read(chunks: list[bytes], *, encoding: str = "", length: str = "") -> bytes:
    return read_body(chunks, encoding=encoding, length=length, max_bytes=100)


def _written(chunks: list[bytes], *, encoding: str = "", length: str = "") -> bytes:
    file = io.BytesIO()
    write_body(chunks, file, encoding=encoding, length=length, max_bytes=100)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_it_writes_a_body_as_it_comes(encoding: str) -> None:
    body = gzip.compress(b"abc") if encoding else b"abc"

    written = _written([body[:2], body[2:]], encoding=encoding)

    assert written == b"abc"


@pytest.mark.parametrize(
    ("chunks", "options", "error"),
    [
        ([b"x" * 60, b"x" * 60], {}, TooLargeError),
        ([], {"length": "101"}, TooLargeError),
        ([gzip.compress(b"\0" * 50_000)], {"encoding": "gzip"}, TooLargeError),
        ([b"abc"], {"encoding": "br"}, BodyError),
        ([b"abc"], {"encoding": "gzip"}, BodyError),
        ([gzip.compress(b"abc")[:-3]], {"encoding": "gzip"}, BodyError),
        ([gzip.compress(b"abc") + b"x"], {"encoding": "gzip"}, BodyError),
    ],
)
def test_it_writes_no_other_body(
    chunks: list[bytes], options: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        _written(chunks, **options)
