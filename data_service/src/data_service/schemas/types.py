"""The one table of field types: how each is written, stored, read and documented.

Every consumer (import, rows, OpenAPI, pages, tests) reads this table, so that they
cannot drift apart. A new type is a new row here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

GEOMETRY_NAMES = (
    "Point",
    "LineString",
    "Polygon",
    "MultiPoint",
    "MultiLineString",
    "MultiPolygon",
    "Geometry",
)

# RFC 3339 §5.6, with a blank for the T (as its note allows) and an optional offset.
_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?"
_DATE = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_OFFSET = r"(?:Z|z|[+-](?:0\d|1[0-5])(?::?[0-5]\d)?)"


def _at_most(digits: str) -> str:
    """Write the pattern of decimals that are no more than these, of which none is 0."""
    pattern = ""
    for digit in reversed(digits):
        pattern = rf"(?:[0-{int(digit) - 1}]\d{{0,99}}|{digit}{pattern})?"
    return pattern


def _at_most_of(digits: str, length: int) -> str:
    """Write the pattern of so many digits that begin with no more than these."""
    pattern = rf"\d{{{length - len(digits)}}}"
    for place in reversed(range(len(digits))):
        digit, rest = int(digits[place]), length - place - 1
        pattern = rf"(?:[0-{digit - 1}]\d{{{rest}}}|{digit}{pattern})"
    return pattern


# Every finite double as a program writes it, in all its digits too (as our exports do),
# and numbers of up to a hundred digits; but none that is infinity to a reader of JSON,
# or 0 while it is not. Plain ones go first.
_DECIMALS = r"(?:\.\d{0,99})?"
_LARGEST = "7976931348623157"  # after the first digit, of 309
_NUMBER = "|".join(
    (
        rf"-?(?:0|[1-9]\d{{0,99}}|(?=\.\d)){_DECIMALS}(?:[eE][+-]?[01]?\d{{1,2}})?",
        rf"-?[1-9]\d{{0,7}}{_DECIMALS}[eE][+-]?2\d\d",
        rf"-?[1-9]{_DECIMALS}[eE](?:\+?30[0-7]|-(?:3[01]\d|32[0-3]))",
        # What rounds to the least double, and to the largest: 1.7976931348623157e308.
        rf"-?[3-9]{_DECIMALS}[eE]-324",
        rf"-?1(?:\.{_at_most(_LARGEST)})?[eE]\+?308",
        r"-?0(?:\.0{0,99})?[eE]\+?\d{3,4}",
        # In all digits: 5e-324 has 324 of them after the point.
        rf"-?(?:[1-9]\d{{100,307}}|1{_at_most_of(_LARGEST, 308)})(?:\.\d{{0,324}})?",
        r"-?(?!0?\.0{323}[12])(?:0|[1-9]\d{0,99}|(?=\.\d))\.\d{100,324}",
    )
)


@dataclass(frozen=True)
class FieldType:
    """A kind of value.

    Attributes:
        name: Our name of it, as shown to people.
        spec: The members that denote it in an Amsterdam Schema property.
        column_type: The PostgreSQL type of its column.
        openapi: Its OpenAPI 3.0 schema.
        pattern: What its text in a file looks like (fully matched, in the common
            subset of Python's and PostgreSQL's regular expressions); None takes all.
            A text that fits may still be no value: 2021-02-30 does.
        check_input: Whether PostgreSQL must check a text that fits the pattern.
        example: A value of it, for documents.
    """

    name: str
    spec: Mapping[str, Any]
    column_type: str
    openapi: Mapping[str, Any]
    pattern: str | None = None
    check_input: bool = False
    example: Any = None
    is_geometry: bool = False
    item: str | None = field(default=None)


def _scalar(name: str, column_type: str, **values: Any) -> FieldType:
    kind, _, form = name.partition("/")
    spec = {"type": kind, "format": form} if form else {"type": kind}
    openapi = values.pop("openapi", spec)
    return FieldType(
        name, MappingProxyType(spec), column_type, MappingProxyType(openapi), **values
    )


def _array(item: FieldType) -> FieldType:
    return FieldType(
        name=f"array of {item.name}",
        spec=MappingProxyType({"type": "array", "items": dict(item.spec)}),
        column_type=f"{item.column_type}[]",
        openapi=MappingProxyType({"type": "array", "items": dict(item.openapi)}),
        example=[item.example],
        item=item.name,
    )


def _geometry(name: str) -> FieldType:
    return FieldType(
        name=name,
        spec=MappingProxyType({"$ref": f"https://geojson.org/schema/{name}.json"}),
        column_type="json",
        openapi=MappingProxyType({"$ref": f"#/components/schemas/{name}"}),
        is_geometry=True,
    )


_SCALARS = (
    _scalar("string", "text", example="text"),
    _scalar("string/uri", "text", example="https://example.org/"),
    _scalar(
        "integer",
        "bigint",
        pattern=r"-?(?:0|[1-9]\d{0,18})",
        check_input=True,  # 19 digits may pass 2^63
        openapi={"type": "integer", "format": "int64"},
        example=1,
    ),
    _scalar(
        "number",
        "numeric",
        pattern=_NUMBER,
        example=1.5,
    ),
    _scalar("boolean", "boolean", pattern=r"(?i:true|false)", example=True),
    _scalar(
        "string/date", "date", pattern=_DATE, check_input=True, example="2020-02-29"
    ),
    _scalar(
        "string/date-time",
        "timestamptz",
        pattern=rf"{_DATE}[T ]{_TIME}{_OFFSET}?",
        check_input=True,
        example="2020-02-29T12:00:00+00:00",
    ),
    _scalar(
        "string/time",
        "time",
        pattern=_TIME,
        openapi={"type": "string", "format": "time-local"},
        example="12:30:00",
    ),
    _scalar("object/json", "json", openapi={}, example={}),
)

FIELD_TYPES: Mapping[str, FieldType] = MappingProxyType(
    {
        field_type.name: field_type
        for field_type in (
            *_SCALARS,
            *(
                _array(scalar)
                for scalar in _SCALARS
                if scalar.name in {"string", "integer", "number"}
            ),
            *(_geometry(name) for name in GEOMETRY_NAMES),
        )
    }
)
