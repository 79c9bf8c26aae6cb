"""The judge: oasdiff, run over pairs of documents that nobody here wrote.

Both are absent from the repository. The pairs are looked for beside it, or in the
folder that CORPUS names; the program on the path, or where OASDIFF says.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from catalog_service.diffing import Level, compare
from catalog_service.documents import DocumentError, read_value

ROOT = Path(__file__).resolve().parents[4]
CORPUS = Path(os.environ.get("CORPUS", ROOT.parent / "shared" / "corpus"))
JUDGE = os.environ.get("OASDIFF") or shutil.which("oasdiff") or ""
ERROR = 3

Place = tuple[str, str]


def pairs_of_tests() -> Iterator[tuple[str, Path, Path]]:
    """Give each small pair once, with its name."""
    folder = CORPUS / "openapi-diff-pairs" / "dev"
    rows = _rows(folder / "PAIRS.csv")
    for old, new in sorted({(row["base"], row["revision"]) for row in rows}):
        names = (old.rpartition("/")[2], new.rpartition("/")[2])
        yield " > ".join(names), folder / old, folder / new


def pairs_of_versions() -> Iterator[tuple[str, Path, Path]]:
    """Give each pair of successive versions of one API, with its name."""
    folder = CORPUS / "openapi"
    for row in _rows(folder / "dev" / "FAMILIES.csv"):
        title = row["family"].rpartition("/")[2]
        versions = f"{row['old_version']} > {row['new_version']}"
        name = f"{row['provider']} {title} {versions}"
        yield name, folder / row["old"], folder / row["new"]


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read(path: Path) -> dict[str, Any] | None:
    """Read a document of OpenAPI 3; None when it is none, or cannot be read."""
    try:
        value, _ = read_value(path.read_bytes())
    except (DocumentError, OSError):
        return None
    return value if isinstance(value, dict) and "openapi" in value else None


def breaking_places(old: Any, new: Any) -> set[Place]:
    """Give the operations that we say break."""
    return {
        _place("" if change.id == "webhook-removed" else change.path, change.method)
        for change in compare(old, new)
        if change.level is Level.BREAKING
    }


def judged_places(old: Path, new: Path) -> set[Place] | None:
    """Give the operations that the judge says break; None when it cannot read them."""
    options = ("--allow-external-refs=false", "--level", "ERR", "-f", "json")
    command = [JUDGE, "changelog", *options, str(old), str(new)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)  # noqa: S603
    if done.returncode:
        return None
    found = json.loads(done.stdout or b"[]")
    return {
        _place(one.get("path") or "", one.get("operation") or "")
        for one in found
        if one["level"] == ERROR
    }


def _place(path: str, method: str) -> Place:
    return re.sub(r"\{[^{}]*\}", "{}", path), method.upper()
