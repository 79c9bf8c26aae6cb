"""A workbook with one sheet: names in the first line, then the rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from psycopg import sql

from data_service.schemas.tables import Field

from ..errors import UnfitError
from ..reading import Source, Templates, column, written_geometry

_MOST_COLUMNS = 16_384
_LONGEST_TEXT = 32_767
_LONGEST_NAME = 31  # of a sheet
_FIRST_YEAR = 1901  # before, a day is not what it seems
_LARGEST_INTEGER = 10**15  # Excel keeps fifteen digits of a number
_LARGEST_NUMBER = 9.99999999999999e307  # that a cell can have
_TEMPLATES: Templates = {
    "number": "{}::float8",
    "string/time": "{}::text",
    "string/date-time": "{} AT TIME ZONE 'UTC'",
    "array": "array_to_string({}, ',')",
    "object/json": "{}::text",
}
_FORMATS = {
    "string/date": "yyyy-mm-dd",
    "string/date-time": "yyyy-mm-dd hh:mm:ss",
}


def write(path: Path, source: Source) -> None:
    """Write the rows, raising UnfitError for what no sheet can hold."""
    fields = [f for f in source.table.fields if _is_shown(f)]
    if len(fields) > _MOST_COLUMNS:
        raise UnfitError(f"a sheet has at most {_MOST_COLUMNS:,} columns")
    # Rows are written to a temporary file as they come.
    options = {"constant_memory": True, "tmpdir": str(path.parent)}
    with xlsxwriter.Workbook(path, options) as workbook:
        sheet = workbook.add_worksheet(source.table.id[:_LONGEST_NAME])
        bold = workbook.add_format({"bold": True})
        for number, field in enumerate(fields):
            sheet.write_string(0, number, field.id, bold)
        sheet.freeze_panes(1, 0)
        _write_rows(sheet, source, fields, _cell_formats(workbook, fields))


def _is_shown(field: Field) -> bool:
    # A polygon is longer than a cell may be.
    return field.type.name == "Point" or not field.type.is_geometry


def _column(field: Field) -> sql.Composable:
    if field.type.is_geometry:
        return written_geometry(field)
    return column(field, _TEMPLATES)


def _cell_formats(workbook: Any, fields: Sequence[Field]) -> list[Any]:
    formats = {
        name: workbook.add_format({"num_format": text})
        for name, text in _FORMATS.items()
    }
    return [formats.get(field.type.name) for field in fields]


def _write_rows(
    sheet: Any, source: Source, fields: Sequence[Field], formats: Sequence[Any]
) -> None:
    number = 0
    for rows in source.batches([_column(f) for f in fields]):
        for row in rows:
            number += 1
            for place, value in enumerate(row):
                if value is not None:
                    write_cell = _CELLS[type(value)]
                    write_cell(sheet, (number, place), value, formats[place])


def _write_text(sheet: Any, place: tuple[int, int], text: str, _format: Any) -> None:
    if len(text) > _LONGEST_TEXT:
        line = place[0]
        raise UnfitError(f"row {line} has a text of over {_LONGEST_TEXT:,} characters")
    # Never a formula or a link, whatever it begins with.
    sheet.write_string(*place, text)


def _write_integer(
    sheet: Any, place: tuple[int, int], value: int, _format: Any
) -> None:
    if abs(value) >= _LARGEST_INTEGER:
        sheet.write_string(*place, str(value))
        return
    sheet.write_number(*place, value)


def _write_number(sheet: Any, place: tuple[int, int], value: float, _f: Any) -> None:
    if abs(value) > _LARGEST_NUMBER:
        sheet.write_string(*place, repr(value))
        return
    sheet.write_number(*place, value)


def _write_boolean(sheet: Any, place: tuple[int, int], value: bool, _f: Any) -> None:  # noqa: FBT001
    sheet.write_boolean(*place, value)


def _write_date(sheet: Any, place: tuple[int, int], value: date, form: Any) -> None:
    if value.year < _FIRST_YEAR:
        sheet.write_string(*place, value.isoformat())
        return
    sheet.write_datetime(*place, value, form)


_CELLS: Mapping[type, Callable[[Any, tuple[int, int], Any, Any], None]] = {
    str: _write_text,
    int: _write_integer,
    float: _write_number,
    bool: _write_boolean,
    date: _write_date,
    datetime: _write_date,
}
