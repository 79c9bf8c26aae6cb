"""Texts put at their marks in files: what a new service adds outside of its folder."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from development.errors import DevelopmentError


@dataclass(frozen=True)
class Entry:
    """A text, and the line of a file before which it goes."""

    file: str
    mark: str
    text: str

    @property
    def comment(self) -> str:
        """Give what the line of the mark holds."""
        return f"# new service: {self.mark}"


def read_entries(path: Path) -> list[Entry]:
    """Read a list of entries from YAML."""
    return [Entry(**each) for each in yaml.safe_load(path.read_text("utf-8"))]


def with_entries(root: Path, entries: Iterable[Entry]) -> dict[str, str]:
    """Give the new text of each file, written nowhere yet.

    Raises:
        DevelopmentError: a mark is missing, or stands there twice.
    """
    texts: dict[str, str] = {}
    for entry in entries:
        before = texts.get(entry.file) or (root / entry.file).read_text("utf-8")
        texts[entry.file] = _insert(before, entry)
    return texts


def _insert(text: str, entry: Entry) -> str:
    lines = text.splitlines(keepends=True)
    places = [
        number for number, line in enumerate(lines) if _is_mark(line, entry.comment)
    ]
    if len(places) != 1:
        raise DevelopmentError(
            f"{entry.file} has {len(places)} lines '{entry.comment}': let it have one."
        )
    marked = lines[places[0]]
    indentation = marked[: len(marked) - len(marked.lstrip())]
    added = [
        f"{indentation}{line}" if line.strip() else line
        for line in entry.text.splitlines(keepends=True)
    ]
    return "".join([*lines[: places[0]], *added, *lines[places[0] :]])


def _is_mark(line: str, comment: str) -> bool:
    return line.strip().removesuffix(" (above)") == comment
