"""Understand what somebody types into the search: words, their stems, their errors.

Each word becomes a group of lexemes of which one must occur: its Dutch and its English
stem, and, when no document has anything like it, the words that it may be meant for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection

from catalog_service.documents.operations import METHODS
from catalog_service.documents.wording import LONGEST_WORD
from shared.problems import BadRequestError, Fault

from .indexing import path_key

MAX_QUERY = 200
_MAX_WORDS = 10
_WORD = re.compile(r"[^\W_]+")
_METHODS = frozenset(name.upper() for name in METHODS)
# Shorter words are looked for as they are: too much begins with two letters.
_SHORTEST_BEGINNING = 3
_SHORTEST_MISTYPED = 4
_MOST_MEANT = 3

# One row for each word: its stems, whether it says nothing, whether any document has a
# word that begins with it or with a stem of it.
_ANALYSE = """
    SELECT plain, stems, says_nothing,
        EXISTS (
            SELECT FROM unnest(plain || stems) AS beginning
            WHERE (length(beginning) > 2 OR beginning = plain) AND starts_with((
                SELECT text FROM catalog_service_word WHERE text >= beginning
                ORDER BY text LIMIT 1
            ), beginning)
        )
    FROM (
        SELECT n, plain,
            ts_lexize('dutch_stem', plain) || ts_lexize('english_stem', plain) AS stems,
            ts_lexize('dutch_stem', plain) = '{}'
                OR ts_lexize('english_stem', plain) = '{}' AS says_nothing
        FROM (
            SELECT n, unaccent(word) AS plain
            FROM unnest(%s::text[]) WITH ORDINALITY AS given (word, n)
        ) AS words
    ) AS analysed
    ORDER BY n
"""
_ALIKE = """
    SELECT text FROM catalog_service_word
    WHERE text %% %(word)s AND abs(length(text) - length(%(word)s)) <= 2
    ORDER BY similarity(text, %(word)s) DESC, text LIMIT 20
"""


@dataclass(frozen=True)
class Question:
    """What is looked for; `lexemes` holds a group for each word that says something.

    `literal` is the text when there is no word in it. `stems` is what to highlight.
    """

    lexemes: tuple[tuple[str, ...], ...] = ()
    method: str = ""
    path: str = ""
    literal: str = ""
    corrected: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is asked."""
        return not (self.lexemes or self.method or self.path or self.literal)

    @property
    def tsquery(self) -> str:
        """Write the words for PostgreSQL: any of a group, all groups."""
        return " & ".join(
            f"({' | '.join(map(_term, group))})" for group in self.lexemes
        )

    @property
    def stems(self) -> tuple[str, ...]:
        """Return the beginnings of words to be highlighted."""
        return tuple(lexeme for group in self.lexemes for lexeme in group)


def check_question(text: str) -> None:
    """Raise BadRequestError for a text that cannot be searched."""
    if len(text) > MAX_QUERY:
        raise _refused(f"at most {MAX_QUERY} characters")
    if "\0" in text:
        raise _refused("text without NUL")


def understand(text: str) -> Question:
    """Understand a text; raises BadRequestError when it cannot be searched."""
    check_question(text)
    method, path, rest = _take_path(text.split())
    words = _WORD.findall(rest.lower())[:_MAX_WORDS]
    words = [word[:LONGEST_WORD] for word in words]
    if not words:
        literal = "" if method or path else rest.strip()
        return Question(method=method, path=path, literal=literal)
    groups, corrected = _analyse(words)
    return Question(groups, method, path, corrected=corrected)


def _take_path(parts: list[str]) -> tuple[str, str, str]:
    """Take "GET /path" apart: the method, the path, what is left."""
    method = parts[0] if len(parts) > 1 and parts[0].upper() in _METHODS else ""
    if method and not parts[1].startswith("/"):
        method = ""
    rest = parts[1:] if method else parts
    if not rest or not rest[0].startswith("/") or rest[0] == "/":
        return "", "", " ".join(parts)
    return method.upper(), path_key(rest[0]), " ".join(rest[1:])


def _analyse(
    words: Iterable[str],
) -> tuple[tuple[tuple[str, ...], ...], dict[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_ANALYSE, [list(words)])
        rows = cursor.fetchall()
    telling = [row for row in rows if not row[2]] or rows
    groups, corrected = [], {}
    for plain, stems, _, is_known in telling:
        meant = [] if is_known else _meant(plain)
        if meant:
            corrected[plain] = meant[0]
        groups.append(tuple(dict.fromkeys((plain, *(stems or ()), *meant))))
    return tuple(groups), corrected


def _meant(word: str) -> list[str]:
    """Return the words that a mistyped one is likely to be."""
    if len(word) < _SHORTEST_MISTYPED:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, {"word": word})
        alike = [str(row[0]) for row in cursor.fetchall()]
    most = 1 if len(word) < 6 else 2
    ranked = sorted((distance(word, other), n) for n, other in enumerate(alike))
    return [alike[n] for far, n in ranked if far <= most][:_MOST_MEANT]


def distance(one: str, other: str) -> int:
    """Count the typing errors between two words; two letters swapped are one error.

    The restricted Damerau-Levenshtein distance.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, last, row = row, before, [i]
        for j, against in enumerate(other, start=1):
            cost = min(
                before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against)
            )
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _term(lexeme: str) -> str:
    quoted = "'" + lexeme.replace("'", "''") + "'"
    return f"{quoted}:*" if len(lexeme) >= _SHORTEST_BEGINNING else quoted


def _refused(accepted: str) -> BadRequestError:
    return BadRequestError(faults=[Fault("q", "cannot be searched", accepted=accepted)])
