"""The words of a document by which it is found: taken apart as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

LONGEST_WORD = 60
_WORD = re.compile(r"[^\W_]+")
_HUMPS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\x00-\x7f]+")


def words_of(text: str) -> Iterator[str]:
    """Yield the words in lower case; those written as camelCase whole and in parts."""
    for word in _WORD.findall(text):
        if len(word) > LONGEST_WORD:
            continue
        yield word.lower()
        if not word.isascii() or word.islower() or word[1:].islower():
            continue
        parts = _HUMPS.findall(word)
        if len(parts) > 1:
            yield from (part.lower() for part in parts)


def gather(texts: Iterable[str], *, at_most: int) -> str:
    """Return the different words of texts, with blanks between, up to a length."""
    found: dict[str, None] = {}
    room = at_most
    for text in texts:
        for word in words_of(text):
            if word in found:
                continue
            room -= len(word) + 1
            if room < 0:
                return " ".join(found)
            found[word] = None
    return " ".join(found)
