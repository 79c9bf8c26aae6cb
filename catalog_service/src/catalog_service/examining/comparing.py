"""Compare two documents, in a reader: what changed, and what it asks of the version."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from itertools import islice
from typing import Any
from urllib.parse import quote

from catalog_service.diffing import Change, Level, compare, version_agrees
from catalog_service.documents import Document, read_document
from catalog_service.documents.pointers import MISSING, find
from catalog_service.documents.positions import locate
from catalog_service.documents.texts import turned_back

Answer = tuple[Any, bytes]
# The worst come first; nobody reads more.
MOST_CHANGES = 1_000
_MOST_TEXT = 2_000
_SENTENCES = ("sentence", "sentence_nl")
_MOST_LINES = 12
_MOST_CHARACTERS = 800


def compare_documents(old: bytes, new: bytes, *, today: str) -> Answer:
    """Tell the changes, how many of each level, and whether the version was raised."""
    before, after = read_document(old).content, read_document(new).content
    found = compare(before, after, today=date.fromisoformat(today))
    counts = Counter(str(change.level) for change in found)
    told = {
        "changes": [_told(change) for change in found[:MOST_CHANGES]],
        "counts": {str(level): counts[str(level)] for level in Level},
        "agreement": asdict(version_agrees(before, after, found)),
    }
    return told, b""


def excerpts(raw: bytes, *, pointers: Sequence[str]) -> Answer:
    """Tell for each pointer its line, and how what stands there begins."""
    document = read_document(raw)
    places = locate(raw, document.media_type, set(pointers))
    found = [
        {"line": places[pointer][0], "text": _excerpt(document, pointer)}
        for pointer in pointers
    ]
    return found, b""


def _told(change: Change) -> dict[str, str]:
    told = {name: str(text)[:_MOST_TEXT] for name, text in asdict(change).items()}
    return told | {name: turned_back(told[name]) for name in _SENTENCES}


def _excerpt(document: Document, pointer: str) -> str:
    """Write the first lines of a value as JSON; nothing where there is no value."""
    value = find(document.content, "#" + quote(pointer, safe="/~"))
    if value is MISSING:
        return ""
    # Bit by bit: what stands at a pointer may be the whole document.
    pieces = json.JSONEncoder(indent=2, ensure_ascii=False).iterencode(value)
    text = "".join(islice(pieces, _MOST_CHARACTERS))
    lines = text[: _MOST_CHARACTERS + 1].splitlines()
    if len(lines) <= _MOST_LINES and len(text) <= _MOST_CHARACTERS:
        return text
    return "\n".join([*lines[:_MOST_LINES], "…"])
