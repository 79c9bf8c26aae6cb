"""Names in files into ids of fields, tables and datasets.

The rule: letters lose their accents; words (split at everything that is no letter or
digit) are joined in camelCase; a name that starts with a digit gets `column` before
it, and one without letters or digits becomes `column` and its number. A name that is
there already gets a number: `name2`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

_NO_ACCENT = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE",
     "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "þ": "th", "\u0131": "i"}
)  # fmt: skip
# `schema` is the member of every row of an Amsterdam Schema that is no column.
_TAKEN = frozenset({"schema"})
_LONGEST = 200


def field_ids(names: Sequence[str]) -> list[str]:
    """Give each column its field id; `column3` for the third, when it has no name."""
    found: list[str] = []
    for number, name in enumerate(names, 1):
        found.append(free_id(default_id(name, number), found))
    return found


def default_id(name: str, number: int) -> str:
    """Give the id of the column with this name and number, whatever the others have."""
    return camel_case(name) or f"column{number}"


def free_id(wanted: str, taken: Collection[str]) -> str:
    """Give the id, or the first one with a number that is not taken."""
    used = {*taken, *_TAKEN}
    if wanted not in used:
        return wanted
    number = 2
    while f"{wanted}{number}" in used:
        number += 1
    return f"{wanted}{number}"


def camel_case(name: str) -> str:
    """Give `name` as an id (`^[a-z][A-Za-z0-9]*$`), or nothing when none is left."""
    words = re.findall(r"[A-Za-z0-9]+", without_accents(name))
    joined = "".join(
        _first_word(word) if index == 0 else _next_word(word)
        for index, word in enumerate(words)
    )
    if joined[:1].isdigit():
        joined = f"column{joined}"
    return joined[:_LONGEST]


def without_accents(name: str) -> str:
    """Give a name with the bare letters."""
    plain = unicodedata.normalize("NFKD", name.translate(_NO_ACCENT))
    return "".join(c for c in plain if not unicodedata.combining(c))


def _first_word(word: str) -> str:
    """Lower its capitals: NAAM → naam, SUCountry → suCountry, MHn → mHn."""
    capitals = re.match(r"[A-Z]+", word)
    if capitals is None:
        return word
    run = len(capitals[0])
    is_all = run == len(word) or not word[run].isalpha()
    keep = 0 if is_all or run == 1 else 1
    return word[: run - keep].lower() + word[run - keep :]


def _next_word(word: str) -> str:
    if word.isupper() and len(word) > 1:
        return word.capitalize()
    return word[0].upper() + word[1:]
