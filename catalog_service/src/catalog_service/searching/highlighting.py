"""Show where a text has what was looked for: escaped, the words in `<mark>`."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_WORD = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# What is written over or under a letter; all of it lies in the first two planes.
_MARKS = dict.fromkeys(
    code for code in range(0x300, 0x20000) if unicodedata.combining(chr(code))
)
_AROUND = 90
_READ = 20_000
_SHORTEST = 2


def highlight(text: str, stems: tuple[str, ...], *, whole: bool = False) -> SafeString:
    """Return HTML of the text, or of its part around the first hit; "" without a hit.

    Everything of the text is escaped; the only elements are `<mark>`.
    """
    text = text[:_READ]
    words = _WORD.finditer(text, _first_place(text, stems))
    hits = (match for match in words if _is_hit(match.group(), stems))
    first = next(hits, None)
    if first is None:
        return mark_safe("")
    start = 0 if whole else _cut(text, first.start())
    end = len(text) if whole else min(len(text), start + 3 * _AROUND)
    pieces = ["…" if start else ""]
    at = start
    for hit in chain([first], hits):
        if hit.end() > end:
            break
        pieces += [
            escape(text[at : hit.start()]),
            f"<mark>{escape(hit.group())}</mark>",
        ]
        at = hit.end()
    pieces += [escape(text[at:end]), "…" if end < len(text) else ""]
    return mark_safe("".join(pieces))  # noqa: S308  (every piece is escaped)


def _first_place(text: str, stems: tuple[str, ...]) -> int:
    """Return a place before which there is no hit: most texts have none at all."""
    plain = _plain(text)
    places = [place for stem in stems if (place := plain.find(stem)) >= 0]
    if not places:
        return len(text)
    # Without accents a text may be shorter; then it is read from its beginning.
    return plain.rfind(" ", 0, min(places)) + 1 if text.isascii() else 0


def _is_hit(word: str, stems: tuple[str, ...]) -> bool:
    if _begins(_plain(word), stems):
        return True
    if word.islower() or word[1:].islower() or not word.isascii():
        return False
    return any(_begins(part.lower(), stems) for part in _HUMP.split(word))


def _begins(plain: str, stems: tuple[str, ...]) -> bool:
    return plain.startswith(stems) and (
        plain in stems or any(len(s) > _SHORTEST and plain.startswith(s) for s in stems)
    )


def _plain(word: str) -> str:
    """Return a word in lower case, without accents."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKD", word.lower()).translate(_MARKS)


def _cut(text: str, hit: int) -> int:
    """Return where to begin, so that no word is cut in two."""
    if hit <= _AROUND:
        return 0
    blank = text.find(" ", hit - _AROUND, hit)
    return blank + 1 if blank >= 0 else hit
