"""The encoding of a file, found by reading all of it."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from data_service.importing.decoding import Encoding, detect_encoding
from data_service.importing.faults import Faults

TEXT = "naam;plaats\nJosé;Köln\n"


def detect(folder: Path, content: bytes) -> tuple[Encoding, Faults]:
    path = folder / "file.csv"
    path.write_bytes(content)
    faults = Faults()
    return detect_encoding(path, faults), faults


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (TEXT.encode(), Encoding("utf-8")),
        (b"plain\n", Encoding("utf-8")),
        (TEXT.encode("utf-8-sig"), Encoding("utf-8", 3)),
        (TEXT.encode("cp1252"), Encoding("cp1252")),
        (TEXT.encode("utf-16-le"), Encoding("utf-16-le")),
        (TEXT.encode("utf-16-be"), Encoding("utf-16-be")),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), Encoding("utf-16-le", 2)),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), Encoding("utf-16-be", 2)),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), Encoding("utf-32-le", 4)),
    ],
)
def test_it_finds(tmp_path: Path, content: bytes, expected: Encoding) -> None:
    encoding, faults = detect(tmp_path, content)

    assert (encoding, faults.count) == (expected, 0)


def test_it_reads_far_into_the_file(tmp_path: Path) -> None:
    encoding, _ = detect(tmp_path, b"plain\n" * 400_000 + "é".encode("cp1252"))

    assert encoding.name == "cp1252"


def test_it_calls_stray_bytes_damage(tmp_path: Path) -> None:
    content = "één, twee\ntweeën\n".encode() + b"d\xffrie\n"

    encoding, faults = detect(tmp_path, content)

    assert encoding.name == "utf-8"
    (fault,) = faults
    assert (fault.line, fault.value) == (3, "0xff")
    assert f"byte offset {content.index(0xFF)}" in fault.reason


def test_it_refuses_bytes_that_fit_nothing(tmp_path: Path) -> None:
    _, faults = detect(tmp_path, b"a\nb\n\x81\n")

    assert [(f.line, f.value) for f in faults] == [(3, "0x81")]


def test_it_refuses_a_damaged_file_with_a_mark(tmp_path: Path) -> None:
    _, faults = detect(tmp_path, codecs.BOM_UTF8 + b"ok\n\xe9\n")

    assert [f.line for f in faults] == [2]


def test_it_refuses_nul(tmp_path: Path) -> None:
    _, faults = detect(tmp_path, "é\na\0b\n".encode())

    (fault,) = faults
    assert (fault.line, fault.reason) == (2, "has a NUL character (byte offset 4)")
