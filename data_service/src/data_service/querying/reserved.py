"""The one table of the parameters that are not fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from data_service.crs.systems import NamedCrs
from data_service.schemas.tables import Field, Table

from .cursors import Cursor, CursorError, read_cursor
from .queries import COUNTS, DEFAULT_SIZE, NO_COUNT, Sort
from .values import VALUE_TYPES, ValueFaultError

LARGEST_SIZE = 1000
LAST_PAGE = 1_000_000_000
# As formats.csv has them: siblings do not import each other.
CSV_HEADERS = ("id", "titles", "none")
CSV_SEPARATORS = (",", ";", "|", "\t")
_NUMBER = re.compile(r"[1-9][0-9]{0,9}\Z")
_NAMES_SHOWN = 200


@dataclass(frozen=True)
class Context:
    """What a parameter may depend on: the table, the formats that it has, the CRS."""

    table: Table
    formats: tuple[str, ...]
    crs: NamedCrs | None = None


@dataclass(frozen=True)
class Reserved:
    """A parameter that is not a field.

    Attributes:
        attribute: The attribute of Query that it sets.
        read: From text to its value; raises ValueFaultError.
        schema: Its OpenAPI schema.
        sentence: What it does.
        for_one_row: Whether the address of one row takes it too.
        is_list: Whether the value is a list with commas.
        alias: Another name of it, in tables that have no such field.
        is_documented: Not so for what only links have: no client can make one up.
    """

    name: str
    attribute: str
    read: Callable[[str, Context], Any]
    schema: Callable[[Context], Mapping[str, Any]]
    sentence: str
    for_one_row: bool = False
    is_list: bool = False
    alias: str = ""
    is_documented: bool = True


def reserved_names(table: Table, *, one_row: bool = False) -> dict[str, Reserved]:
    """Map the names that are no fields of a table; a field goes before an alias."""
    taken = [r for r in RESERVED if r.for_one_row or not one_row]
    aliases = {r.alias: r for r in taken if r.alias and r.alias not in table.by_id}
    return {r.name: r for r in taken} | aliases


def sortable(table: Table) -> tuple[Field, ...]:
    """Give the fields that have an order."""
    return tuple(f for f in table.fields if f.type.name in VALUE_TYPES)


def _number(largest: int) -> Callable[[str, Context], int]:
    def read(text: str, _context: Context) -> int:
        if not _NUMBER.match(text) or int(text) > largest:
            raise ValueFaultError(f"a whole number from 1 to {largest}")
        return int(text)

    return read


def _number_schema(largest: int, **others: Any) -> Callable[[Context], dict[str, Any]]:
    schema = {"type": "integer", "minimum": 1, "maximum": largest, **others}
    return lambda _context: schema


def _read_cursor(text: str, context: Context) -> Cursor:
    try:
        return read_cursor(text, context.table.id)
    except CursorError as error:
        raise ValueFaultError("the text that a link has, unchanged") from error


def _one_of(*names: str) -> Callable[[str, Context], str]:
    def read(text: str, _context: Context) -> str:
        if text not in names:
            raise ValueFaultError(" or ".join(map(repr, names)))
        return text

    return read


def _read_format(text: str, context: Context) -> str:
    if text not in context.formats:
        raise ValueFaultError(" or ".join(context.formats))
    return text


def _read_sort(text: str, context: Context) -> tuple[Sort, ...]:
    fields = {f.id: f for f in sortable(context.table)}
    names = _names(text)
    unknown = [name for name in names if name.removeprefix("-") not in fields]
    if unknown:
        raise _unknown(unknown, fields)
    return tuple(
        Sort(fields[name.removeprefix("-")], descending=name.startswith("-"))
        for name in names
    )


def _read_fields(text: str, context: Context) -> tuple[Field, ...]:
    fields = context.table.by_id
    names = _names(text)
    bare = [name.removeprefix("-") for name in names]
    unknown = [name for name in bare if name not in fields]
    if unknown:
        raise _unknown(unknown, fields)
    excluding = [name.startswith("-") for name in names]
    if any(excluding) and not all(excluding):
        raise ValueFaultError("either fields to show or, with -, fields to leave out")
    if not any(excluding):
        return tuple(fields[name] for name in bare)
    return tuple(f for f in context.table.fields if f.id not in bare)


def _names(text: str) -> list[str]:
    return list(dict.fromkeys(text.split(",")))


def _unknown(names: list[str], fields: Mapping[str, Field]) -> ValueFaultError:
    known = ", ".join(list(fields)[:_NAMES_SHOWN])
    shown = ", ".join(f"'{name[:60]}'" for name in names[:5])
    return ValueFaultError(known, reason=f"Field {shown} does not exist")


def _sort_schema(context: Context) -> dict[str, Any]:
    names = [f.id for f in sortable(context.table)]
    return _list_of([*names, *(f"-{name}" for name in names)])


def _fields_schema(context: Context) -> dict[str, Any]:
    names = list(context.table.by_id)
    ways = (names, [f"-{name}" for name in names])
    return {
        "type": "array",
        "minItems": 1,
        "items": {"type": "string"},
        "oneOf": [{"items": {"type": "string", "enum": way}} for way in ways],
    }


def _list_of(names: list[str]) -> dict[str, Any]:
    item = {"type": "string", "enum": names}
    return {"type": "array", "items": item, "minItems": 1}


RESERVED: tuple[Reserved, ...] = (
    Reserved(
        "page",
        "chosen_page",
        _number(LAST_PAGE),
        _number_schema(LAST_PAGE, default=1),
        "The number of the page, from 1.",
    ),
    Reserved(
        "_pageSize",
        "chosen_size",
        _number(LARGEST_SIZE),
        _number_schema(LARGEST_SIZE, default=DEFAULT_SIZE),
        "The number of rows on a page. Without page and _pageSize, CSV, GeoJSON and "
        "NDJSON have all rows.",
        alias="page_size",
    ),
    Reserved(
        "_cursor",
        "cursor",
        _read_cursor,
        lambda _context: {"type": "string"},
        "A place in the rows, instead of the number of a page. Only links have it, to "
        "pages far on; follow them, and each page costs what the first one does.",
        is_documented=False,
    ),
    Reserved(
        "_count",
        "count",
        _one_of(*COUNTS),
        lambda _context: {"type": "string", "enum": [*COUNTS], "default": NO_COUNT},
        "Whether to count all rows and pages, or to estimate how many rows there are, "
        "which reads none.",
    ),
    Reserved(
        "_sort",
        "sort",
        _read_sort,
        _sort_schema,
        "The fields to order by, with - for descending; the identifier comes last.",
        is_list=True,
        alias="sorteer",
    ),
    Reserved(
        "_fields",
        "fields",
        _read_fields,
        _fields_schema,
        "The fields to show, or with - the fields to leave out.",
        for_one_row=True,
        is_list=True,
        alias="fields",
    ),
    Reserved(
        "_format",
        "format",
        _read_format,
        lambda context: {"type": "string", "enum": list(context.formats)},
        "The format of the answer; it goes before the header Accept.",
        for_one_row=True,
        alias="format",
    ),
    Reserved(
        "_csv_header",
        "csv_header",
        _one_of(*CSV_HEADERS),
        lambda _context: {"type": "string", "enum": list(CSV_HEADERS)},
        "What the first line of CSV has: the names of the fields, their titles, or no "
        "such line.",
        for_one_row=True,
    ),
    Reserved(
        "_csv_separator",
        "csv_separator",
        _one_of(*CSV_SEPARATORS),
        lambda _context: {"type": "string", "enum": list(CSV_SEPARATORS)},
        "What stands between two values of CSV.",
        for_one_row=True,
    ),
)
