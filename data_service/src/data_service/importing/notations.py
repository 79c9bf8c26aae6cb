"""Numbers and dates as people write them: 1.234,5 and 31-12-2020.

A column has a notation when every cell of it does, and the cells allow no other: 1,234
alone, or 01-02-2020 alone, may mean two things, and stays text; 05-05-2020 means one.
What was found is rewritten in the staging table, as our own types are written.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from psycopg import sql

from data_service.schemas.types import FIELD_TYPES

from .cells import CELL_CHECKS

# An apostrophe, and blanks that do not break a line.
_BLANKS = " '\u00a0\u2009\u202f\u2019"
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"\d{4}"
_TIME = r" +(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?"
_LONGEST_INTEGER = 18
# The day and the month are the same number, whichever comes first.
_EITHER = re.compile(r"0?(\d{1,2})[-/.]0?\1[-/.]\d{4}(?!\d)", re.ASCII)
# What programs write where there is no value.
NULL_WORDS = ("NA", "N/A", "n/a", "#N/A", "NULL", "null", "None", "NaN", "nan", "-")
_NULL_WORD = "|".join(map(re.escape, NULL_WORDS))


@dataclass(frozen=True)
class Notation:
    """A way of writing a type.

    Attributes:
        name: In words, for a doubt.
        type_name: What it writes; a number without `point` in any cell is an integer.
        pattern: What fits a cell, wholly.
        extends: Types of ours whose cells are written so too.
        written: An expression over `{0}`, the cell, that writes it our way.
        point: What only numbers with decimals have, one of these letters.
        order: Of a date: where the year, the month and the day stand.
    """

    name: str
    type_name: str
    pattern: str
    extends: tuple[str, ...]
    written: str
    point: str = ""
    order: tuple[int, int, int] | None = None
    all: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        every = re.compile(f"(?:(?:{self.pattern}|{_NULL_WORD})?\n)*+", re.ASCII)
        object.__setattr__(self, "all", every)

    def fits_all(self, cells: Sequence[str]) -> bool:
        """Tell whether all cells are written so, or empty."""
        joined = "\n".join(cells) + "\n"
        if joined.count("\n") != len(cells) or not self.all.fullmatch(joined):
            return False
        if self.type_name == "string/date-time" and self.order is None:
            values = [cell for cell in cells if cell not in NULL_WORDS]
            return CELL_CHECKS[self.type_name].fits_all(values)
        if self.order is None:
            return True
        dates = (cell for cell in cells if cell and cell not in NULL_WORDS)
        return all(self._is_date(cell, self.order) for cell in dates)

    def expression(self, column: sql.Composable) -> sql.Composed:
        """Give the SQL that rewrites a cell."""
        return sql.SQL("CASE WHEN {} <> ALL ({}) THEN {} END").format(
            column,
            sql.Literal(list(NULL_WORDS)),
            sql.SQL(self.written).format(column),
        )

    @staticmethod
    def _is_date(cell: str, order: tuple[int, int, int]) -> bool:
        numbers = [int(digits) for digits in re.findall(r"\d+", cell)[:3]]
        try:
            date(*(numbers[place] for place in order))
        except ValueError:
            return False
        return True


def _number(name: str, group: str, point: str, extends: tuple[str, ...]) -> Notation:
    groups = f"[{group}{_BLANKS}]"
    left_out = f"{group}{_BLANKS}+".replace("'", "''")
    plain = f"translate({{0}}, '{left_out}', '')"
    fraction = rf"(?:{re.escape(point)}\d{{1,60}})?" if point else ""
    return Notation(
        name,
        "number",
        rf"[-+]?(?:0|[1-9]\d{{0,60}}|[1-9]\d{{0,2}}(?:{groups}\d{{3}})++){fraction}",
        extends,
        f"replace({plain}, ',', '.')" if point == "," else plain,
        point,
    )


def _dates(name: str, parts: tuple[str, str, str], template: str) -> list[Notation]:
    first, second, third = parts
    pattern = rf"(?:{first}-{second}-{third}|{first}/{second}/{third}"
    pattern += rf"|{first}\.{second}\.{third})"
    places = [parts.index(part) for part in (_YEAR, _MONTH, _DAY)]
    order = places[0], places[1], places[2]
    day = f"to_char(to_date({{0}}, '{template}'), 'YYYY-MM-DD')"
    moment = (
        f"to_char(to_timestamp({{0}}, '{template} HH24:MI:SS'), "
        "'YYYY-MM-DD\"T\"HH24:MI:SS')"
    )
    return [
        Notation(f"dates, {name}", "string/date", pattern, (), day, order=order),
        Notation(
            f"date-times, {name}",
            "string/date-time",
            pattern + _TIME,
            (),
            moment,
            order=order,
        ),
    ]


def _plain(type_name: str, name: str, extends: tuple[str, ...] = ()) -> Notation:
    """Write a type our way, but for the words that stand for no value."""
    pattern = FIELD_TYPES[type_name].pattern or ""
    # R writes a hundred thousand as 1e+05.
    point = ".eE" if type_name == "number" else ""
    return Notation(name, type_name, pattern, extends, "{0}", point)


NOTATIONS = (
    _plain("number", "numbers", ("integer", "number")),
    _plain("boolean", "true or false", ("boolean",)),
    _plain("string/date-time", "date-times", ("string/date-time",)),
    _number("whole numbers in groups of three", "", "", ("integer",)),
    _number("numbers with a decimal comma", ".", ",", ("integer",)),
    _number("numbers with commas between thousands", ",", ".", ("integer", "number")),
    *_dates("day first", (_DAY, _MONTH, _YEAR), "DD-MM-YYYY"),
    *_dates("month first", (_MONTH, _DAY, _YEAR), "MM-DD-YYYY"),
    *_dates("year first", (_YEAR, _MONTH, _DAY), "YYYY-MM-DD"),
)
WRITTEN = ("boolean", "integer", "number", "string/date", "string/date-time")
# These go before others that fit too, for they mean the same there.
_FIRST = NOTATIONS[:4]
COMMA = NOTATIONS[4]


class Writing:
    """The notations that a column of text may have so far."""

    def __init__(self) -> None:
        self.open: Sequence[Notation] = NOTATIONS
        self.sample = ""
        self.null_words = 0
        self.is_either = True
        self._checked: set[str] = set()
        self._pointed: set[str] = set()
        self._longest = 0
        self._is_first = True

    def see(
        self, texts: Sequence[str], before: Collection[str], after: Collection[str]
    ) -> None:
        """Take in a batch; `before` and `after` it, these types of ours held."""
        if self.open:
            self.null_words += sum(map(texts.count, NULL_WORDS)) if not after else 0
            self.open = [n for n in self.open if self._goes_on(n, texts, before, after)]
            self.is_either = self.is_either and all(
                map(_EITHER.match, filter(_is_value, texts))
            )
        self._is_first = False

    def types(self, notation: Notation, *, has_fractions: bool) -> str:
        """Give the type that the cells have in a notation that is open."""
        if notation.type_name != "number":
            return notation.type_name
        is_pointed = notation.name in self._pointed or (
            has_fractions and "number" in notation.extends
        )
        is_whole = not is_pointed and self._longest <= _LONGEST_INTEGER
        return "integer" if is_whole else "number"

    def _goes_on(
        self,
        notation: Notation,
        texts: Sequence[str],
        before: Collection[str],
        after: Collection[str],
    ) -> bool:
        if any(name in after for name in notation.extends):
            return True
        is_known = notation.name in self._checked or self._is_first
        if not is_known and not any(name in before for name in notation.extends):
            return False
        if (after and not notation.extends) or not notation.fits_all(texts):
            return False
        self._checked.add(notation.name)
        self._longest = max(self._longest, *map(len, texts))
        self.sample = self.sample or next(filter(_is_value, texts), "")
        if any(letter in text for letter in notation.point for text in texts):
            self._pointed.add(notation.name)
        return True


def _is_value(text: str) -> bool:
    return bool(text) and text not in NULL_WORDS


def choose_notation(
    writing: Writing, wanted: Collection[str], *, has_fractions: bool
) -> tuple[Notation, str] | None:
    """Give the one notation of a column and its type; None when it may mean two things.

    Args:
        writing: What is known of the column.
        wanted: The types that it may have.
        has_fractions: Whether a batch of plain numbers had a decimal point.
    """
    found = possible_notations(writing, wanted, has_fractions=has_fractions)
    for notation in _FIRST:
        if notation in found:
            return notation, found[notation]
    is_clear = len(found) == 1 or (found and writing.is_either)
    return next(iter(found.items())) if is_clear else None


def possible_notations(
    writing: Writing, wanted: Collection[str], *, has_fractions: bool
) -> dict[Notation, str]:
    """Give the notations that a column may have, with its type in each.

    Two of them, and it may mean two things. See `choose_notation` for the arguments.
    """
    if not writing.sample:
        return {}
    return {
        notation: kind
        for notation in writing.open
        if (kind := writing.types(notation, has_fractions=has_fractions)) in wanted
        or (kind == "integer" and "number" in wanted)
    }
