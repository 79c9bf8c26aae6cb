"""Packed files: gzip, zip archives, and what is wrong with them."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from data_service.importing.errors import UnsupportedFileError
from data_service.importing.unpacking import unpacked

MOST = 10_000


def pack(path: Path, members: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def read(path: Path, part: str = "", form: str = "") -> tuple[str, str, str]:
    """Give the name, the text and the doubts of what is in a file."""
    with unpacked(path, form=form, part=part, most_bytes=MOST) as file:
        return file.path.name, file.path.read_text(), "; ".join(file.doubts)


def test_it_takes_a_plain_file_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "trees.csv"
    path.write_text("a")

    with unpacked(path, form="csv", part="x", most_bytes=1) as file:
        assert (file.path, file.form, file.part) == (path, "csv", "x")


@pytest.mark.parametrize(
    ("name", "inner"), [("trees.csv.gz", "trees.csv"), ("trees.csv", "trees.csv")]
)
def test_it_unpacks_gzip_whatever_its_name(
    tmp_path: Path, name: str, inner: str
) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(b"id\n1\n"))

    assert read(path) == (inner, "id\n1\n", "")


def test_it_takes_the_one_file_with_rows(tmp_path: Path) -> None:
    members = {
        "folder/": "",
        "a/readme.md": "x",
        "a/trees.csv": "id\n",
        "__MACOSX/b.csv": "x",
        "a/.c.csv": "x",
    }

    assert read(pack(tmp_path / "trees.zip", members)) == ("trees.csv", "id\n", "")


def test_it_takes_the_file_that_was_asked_for(tmp_path: Path) -> None:
    path = pack(tmp_path / "trees.zip", {"a/elms.csv": "e", "a/oaks.csv": "o"})

    assert read(path, "oaks")[:2] == ("oaks.csv", "o")
    assert read(path, "a/oaks.csv")[:2] == ("oaks.csv", "o")
    name, _, doubts = read(path)
    assert name == "elms.csv"
    assert "a/elms.csv is read; --layer chooses another of" in doubts


def test_it_takes_all_files_of_a_shapefile(tmp_path: Path) -> None:
    members = {f"In/Trees.{s}": s for s in ("SHP", "dbf", "prj", "shx", "xml")}
    path = pack(tmp_path / "trees.zip", {**members, "other.csv": "id\n"})

    with unpacked(path, form="", part="", most_bytes=MOST) as file:
        found = sorted(p.name for p in file.path.parent.iterdir())

    assert file.path.name == "shape.shp"
    assert found == ["shape.dbf", "shape.prj", "shape.shp", "shape.shx"]
    assert not file.path.exists()


@pytest.mark.parametrize(
    ("members", "part", "reason"),
    [
        ({"a.md": "x"}, "", "has no file with rows in it; it has none"),
        ({"a.csv": "x"}, "b", "has no 'b' in it; it has a.csv"),
        ({"a.csv": "x" * (MOST + 1)}, "", "holds more than 10,000 bytes"),
    ],
)
def test_it_refuses_other_archives(
    tmp_path: Path, members: dict[str, str], part: str, reason: str
) -> None:
    with pytest.raises(UnsupportedFileError, match=reason):
        read(pack(tmp_path / "trees.zip", members), part)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("trees.zip", b"PK or not"),
        ("trees.gz", gzip.compress(b"id\n1\n" * 100, mtime=0)[:20]),
        ("trees.gz", b"\x1f\x8b\x08\0damaged in some way"),
    ],
)
def test_it_says_what_is_damaged(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(UnsupportedFileError, match="cannot be unpacked"):
        read(path)


def test_it_says_what_is_locked(tmp_path: Path) -> None:
    path = pack(tmp_path / "trees.zip", {"trees.csv": "id\n"})
    content = bytearray(path.read_bytes())
    # The flag of a password, in the two headers of the member.
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)

    with pytest.raises(UnsupportedFileError, match="is locked"):
        read(path)


def test_it_leaves_a_missing_file_to_the_reader(tmp_path: Path) -> None:
    path = tmp_path / "nothing.zip"

    with unpacked(path, form="", part="", most_bytes=1) as file:
        assert file.path == path
