"""Which encoding a file has, found by reading all of it once.

A byte-order mark decides; without one, UTF-16 shows by its NUL bytes, UTF-8 by being
valid, and what is left is Windows-1252. A file that is mostly valid UTF-8 with stray
bytes is damaged, not Windows-1252: reading it so would spoil every other letter.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from .faults import Faults

_BLOCK = 1 << 20
_SAMPLE = 4096
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FALLBACK = "cp1252"


@dataclass(frozen=True)
class Encoding:
    """How to decode a file: the codec, and the length of its byte-order mark."""

    name: str
    mark: int = 0


def guess_encoding(path: Path) -> Encoding | None:
    """Give the encoding that the first part of a file suggests; None for no idea.

    Whoever reads on must bear bytes that do not fit it, and NUL characters.
    """
    with path.open("rb") as file:
        start = file.read(_BLOCK)
    encoding = _by_mark(start) or _by_nul_bytes(start[:_SAMPLE])
    if encoding:
        return encoding
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(start)
    except UnicodeDecodeError:
        return None
    return Encoding("utf-8")


def detect_encoding(path: Path, faults: Faults) -> Encoding:
    """Find the encoding of a file; bytes that fit none, and NUL, are faults."""
    with path.open("rb") as file:
        start = file.read(_SAMPLE)
    encoding = _by_mark(start) or _by_nul_bytes(start)
    if encoding:
        _check(path, encoding, faults)
        return encoding
    utf8 = Encoding("utf-8")
    found = _scan(path, utf8)
    if found.bad is None or _is_mostly_utf8(path):
        _add_faults(path, found, utf8, faults)
        return utf8
    fallback = Encoding(_FALLBACK)
    _check(path, fallback, faults)
    return fallback


def _check(path: Path, encoding: Encoding, faults: Faults) -> None:
    _add_faults(path, _scan(path, encoding), encoding, faults)


def _by_mark(start: bytes) -> Encoding | None:
    for mark, name in _MARKS:
        if start.startswith(mark):
            return Encoding(name, len(mark))
    return None


def _by_nul_bytes(start: bytes) -> Encoding | None:
    half = max(len(start) // 2, 1)
    even, odd = start[::2].count(0) / half, start[1::2].count(0) / half
    if odd > 0.4 and even < 0.1:
        return Encoding("utf-16-le")
    if even > 0.4 and odd < 0.1:
        return Encoding("utf-16-be")
    return None


@dataclass(frozen=True)
class _Scan:
    """Offsets of the first byte that cannot be decoded, and of the first NUL."""

    bad: int | None = None
    nul: int | None = None


def _scan(path: Path, encoding: Encoding) -> _Scan:
    decoder = codecs.getincrementaldecoder(encoding.name)("strict")
    nul = None
    with path.open("rb") as file:
        file.seek(encoding.mark)
        offset = encoding.mark
        while True:
            block = file.read(_BLOCK)
            pending = len(decoder.getstate()[0])
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                return _Scan(offset - pending + error.start, nul)
            if nul is None and "\0" in text:
                before = text[: text.index("\0")].encode(encoding.name)
                nul = offset - pending + len(before)
            if not block:
                return _Scan(None, nul)
            offset += len(block)


def _is_mostly_utf8(path: Path) -> bool:
    """Tell whether more multi-byte letters are valid UTF-8 than bytes are not."""
    valid = invalid = 0
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            text = decoder.decode(block)
            bad = text.count("\ufffd")
            valid += sum(map(text.count, _MULTIBYTE_SIGNS)) if bad else 0
            invalid += bad
    return valid > invalid


# Letters that Western text in UTF-8 is full of.
_MULTIBYTE_SIGNS = "éëèêïíîöóôüúûáàâäãçñøåæßÉËÖÜÅÇ€…°²³µ\u2013\u2018\u2019\u201c\u201d"


def _add_faults(path: Path, found: _Scan, encoding: Encoding, faults: Faults) -> None:
    if found.nul is not None:
        line = _line_at(path, found.nul, encoding)
        faults.add(line, f"has a NUL character (byte offset {found.nul})")
    if found.bad is None:
        return
    with path.open("rb") as file:
        file.seek(found.bad)
        byte = file.read(1)
    faults.add(
        _line_at(path, found.bad, encoding),
        f"is no {encoding.name} (byte offset {found.bad}); "
        "save the file as UTF-8 and try again",
        value=f"0x{byte.hex()}",
    )


def _line_at(path: Path, offset: int, encoding: Encoding) -> int:
    """Give the line in which the byte at `offset` stands."""
    decoder = codecs.getincrementaldecoder(encoding.name)("replace")
    line = 1
    with path.open("rb") as file:
        file.seek(encoding.mark)
        left = offset - encoding.mark
        while left > 0 and (block := file.read(min(_BLOCK, left))):
            line += decoder.decode(block).count("\n")
            left -= len(block)
    return line
