"""Values in a query string: what each type of field takes, and how it reaches SQL.

A value is passed to PostgreSQL as text with the type beside it, so that one statement
is prepared for all values. What a document says of a value (`schema`) is exactly what
the parser takes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any

LONGEST_VALUE = 500
# No NUL: PostgreSQL's text cannot hold it.
TEXT_SCHEMA = MappingProxyType(
    {"type": "string", "maxLength": LONGEST_VALUE, "pattern": r"^[^\u0000]*$"}
)
_BIGINT = 2**63
_MOST_DIGITS = 400  # more than a double has
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z", re.ASCII)
_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?"
_TIME = re.compile(rf"{_CLOCK}\Z")
_MOMENT = re.compile(
    r"(?P<date>\d{4}-\d{1,2}-\d{1,2})[Tt ]"
    r"(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)"
    r"(:(?P<second>[0-5]\d|60)(\.(?P<fraction>\d+))?)?"
    # A plus sign that was not percent-encoded arrives as a blank.
    r"([Zz]|(?P<sign>[ +-])(?P<hours>[01]\d|2[0-3])(:?(?P<minutes>[0-5]\d))?)?\Z",
    re.ASCII,
)
_INTEGER = re.compile(r"-?\d{1,19}\Z", re.ASCII)
_NUMBER = re.compile(r"-?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?\Z", re.ASCII)
_BOOLEANS = {"true": "true", "1": "true", "false": "false", "0": "false"}


class ValueFaultError(ValueError):
    """The text is not accepted; the message says what is.

    `reason` says what is wrong with it, where that is not plain; `code` names the kind
    of fault, for programs.
    """

    def __init__(
        self, accepted: str, *, reason: str = "", code: str = "invalid"
    ) -> None:
        super().__init__(accepted)
        self.reason = reason
        self.code = code


@dataclass(frozen=True)
class Moments:
    """A stretch of time: a day, or a single microsecond, the finest that is stored."""

    start: str
    length: str


@dataclass(frozen=True)
class ValueType:
    """How a type of field is written in a query string.

    Attributes:
        cast: The type in SQL that its text is given.
        schema: Its OpenAPI schema there, which may be wider than that of a response.
        parse: From text to what is passed to SQL; raises ValueFaultError.
    """

    cast: str
    schema: Mapping[str, Any]
    parse: Callable[[str], Any]


def parse_text(text: str) -> str:
    """Take any text that is not endless."""
    if len(text) > LONGEST_VALUE:
        raise ValueFaultError(f"text of at most {LONGEST_VALUE} characters")
    return text


def parse_integer(text: str) -> str:
    """Take a whole number of 64 bits."""
    if not _INTEGER.match(text) or not -_BIGINT <= int(text) < _BIGINT:
        raise ValueFaultError("a whole number, such as 12 or -3")
    return str(int(text))


def parse_number(text: str) -> str:
    """Take a decimal number, with an exponent or without; no NaN, no infinity."""
    try:
        number = Decimal(text) if _NUMBER.match(text) else None
    except InvalidOperation:
        number = None
    if (
        number is None
        or not number.is_finite()
        or abs(number.adjusted()) > _MOST_DIGITS
    ):
        raise ValueFaultError("a number, such as 1.5, -2 or 1e3")
    return text


def parse_boolean(text: str) -> str:
    """Take true or 1, false or 0, in any case."""
    try:
        return _BOOLEANS[text.lower()]
    except KeyError:
        raise ValueFaultError("true, false, 1 or 0") from None


def parse_date(text: str) -> str:
    """Take a date; month and day may be a single digit."""
    match = _DATE.match(text)
    try:
        return date(*map(int, match.groups())).isoformat() if match else _no_date()
    except ValueError:
        return _no_date()


def _no_date() -> str:
    raise ValueFaultError("a date, such as 2020-02-29") from None


def parse_time(text: str) -> str:
    """Take a time of day."""
    if not _TIME.match(text):
        raise ValueFaultError("a time, such as 12:30 or 12:30:05.5")
    return text


def parse_moments(text: str) -> Moments:
    """Take a date, which means the whole day in UTC, or a date with a time.

    RFC 3339 §5.6, also with a blank for the T, and without an offset, which is UTC.
    """
    if _DATE.match(text):
        return Moments(f"{parse_date(text)} 00:00:00+00", "1 day")
    match = _MOMENT.match(text)
    if not match:
        return _no_moment()
    parse_date(match["date"])
    return Moments(_in_utc(match), "1 microsecond")


def _in_utc(match: re.Match[str]) -> str:
    day = date(*map(int, match["date"].split("-")))
    fraction = (match["fraction"] or "").ljust(6, "0")[:6]
    clock = time(int(match["hour"]), int(match["minute"]), 0, int(fraction))
    sign = -1 if match["sign"] == "-" else 1
    offset = timedelta(
        hours=sign * int(match["hours"] or 0), minutes=sign * int(match["minutes"] or 0)
    )
    try:
        moment = datetime.combine(day, clock) - offset
        # A leap second is the first of the next minute, as in PostgreSQL.
        return f"{moment + timedelta(seconds=int(match['second'] or 0))}+00"
    except OverflowError:
        # Some hours outside the years 1 to 9999, in which everything lies.
        return "0001-01-01 00:00:00+00" if day.year == 1 else "9999-12-31 23:59:59+00"


def _no_moment() -> Moments:
    raise ValueFaultError("a date or a date with a time, such as 2020-02-29T12:00:00Z")


_DIGITS = {"type": "integer", "format": "int64", "minimum": -_BIGINT}

VALUE_TYPES: Mapping[str, ValueType] = MappingProxyType(
    {
        "string": ValueType("text", TEXT_SCHEMA, parse_text),
        "string/uri": ValueType("text", TEXT_SCHEMA, parse_text),
        "integer": ValueType(
            "bigint", _DIGITS | {"maximum": _BIGINT - 1}, parse_integer
        ),
        "number": ValueType("numeric", {"type": "number"}, parse_number),
        "boolean": ValueType(
            "boolean",
            {"type": "string", "enum": ["true", "false", "1", "0"]},
            parse_boolean,
        ),
        "string/date": ValueType(
            "date", {"type": "string", "format": "date"}, parse_date
        ),
        "string/date-time": ValueType(
            "timestamptz",
            {
                "anyOf": [
                    {"type": "string", "format": "date-time"},
                    {"type": "string", "format": "date"},
                ]
            },
            parse_moments,
        ),
        "string/time": ValueType(
            "time",
            {"type": "string", "format": "time-local", "pattern": f"^{_CLOCK}$"},
            parse_time,
        ),
    }
)
