"""Text in conditions and orders: without regard to case, by one rule (ADR 0022).

Equality is that of Unicode's full case folding. The order is that of `kade_sort_key`:
first the letters, without accents and case, then the text itself by code point.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from psycopg import sql

# What a backslash may stand before in a pattern, to be meant as it is.
_PART = re.compile(r"\\([*?\\])|(.)", re.DOTALL)
_WILDCARDS = {"*": "%", "?": "_"}
_MEANT = {"%": r"\%", "_": r"\_", "\\": r"\\"}
# Beyond these, letters and marks of several characters influence each other.
_LAST_PLAIN = "\u02ff"


@dataclass(frozen=True)
class Pattern:
    """A pattern of [like].

    Attributes:
        like: As PostgreSQL's LIKE takes it.
        start: The plain text that everything that fits begins with.
    """

    like: str
    start: str


def fold(text: sql.Composable) -> sql.Composed:
    """Make upper and lower case equal, by Unicode's rule (ADR 0001)."""
    return sql.SQL("casefold({} COLLATE pg_unicode_fast)").format(text)


def sort_key(text: sql.Composable) -> sql.Composed:
    """Write what text is ordered by, and what its index holds."""
    return sql.SQL("kade_sort_key({})").format(text)


def starting(column: sql.Composable, value: sql.Composable, end: str) -> sql.Composed:
    """Write: the sort key starts with the letters of the value; an index answers.

    `end` is the first character that may not follow. The value occurs twice.
    """
    template = "{key} >= kade_letters({value}) AND {key} < kade_letters({value}) || {}"
    return sql.SQL(template).format(sql.Literal(end), key=sort_key(column), value=value)


def starting_exactly(
    column: sql.Composable, value: sql.Composable, end: str
) -> sql.Composed:
    """Write the same for text that is compared case by case."""
    template = "{column} >= {value} AND {column} < {value} || {}"
    return sql.SQL(template).format(sql.Literal(end), column=column, value=value)


def read_pattern(text: str) -> Pattern:
    r"""Read `*` as any text and `?` as one character; `\*`, `\?`, `\\` are themselves.

    A backslash before anything else is itself too.
    """
    like, start, is_plain = "", "", True
    for escaped, other in _PART.findall(text):
        wildcard = _WILDCARDS.get(other, "")
        meant = escaped or other
        like += wildcard or _MEANT.get(meant, meant)
        is_plain = is_plain and not wildcard and meant <= _LAST_PLAIN
        start += meant if is_plain else ""
    return Pattern(like, start)
