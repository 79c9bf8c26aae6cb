"""Makes small workbooks, from rows of Python values."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  (sheets know no time zones)
Rows = Sequence[Sequence[object]]


def write_workbook(
    path: Path, sheets: Mapping[str, Rows], merged: Sequence[str] = ()
) -> Path:
    """Write sheets by name; `merged` has ranges of the first one, such as A1:B1."""
    with zipfile.ZipFile(path, "w") as archive:
        parts = _sheet_parts(sheets, merged)
        for name, text in {**_frame(list(sheets)), **parts}.items():
            archive.writestr(name, f'<?xml version="1.0"?>{text}')
    return path


def _sheet_parts(sheets: Mapping[str, Rows], merged: Sequence[str]) -> dict[str, str]:
    parts = {}
    for number, rows in enumerate(sheets.values(), 1):
        lines = "".join(
            f'<row r="{line}">{"".join(map(_cell, row, _places(line)))}</row>'
            for line, row in enumerate(rows, 1)
        )
        ranges = "".join(f'<mergeCell ref="{name}"/>' for name in merged)
        tail = f"<mergeCells>{ranges}</mergeCells>" if merged and number == 1 else ""
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{MAIN}">'
            f"<sheetData>{lines}</sheetData>{tail}</worksheet>"
        )
    return parts


def _places(line: int) -> list[str]:
    return [f"{letter}{line}" for letter in "ABCDEFGHIJ"]


def _cell(value: object, place: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    if isinstance(value, datetime):
        days = (value - EPOCH).total_seconds() / 86400
        return f'<c r="{place}" s="2"><v>{days}</v></c>'
    if isinstance(value, date):
        days = (datetime(value.year, value.month, value.day) - EPOCH).days  # noqa: DTZ001
        return f'<c r="{place}" s="1"><v>{days}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def _frame(names: list[str]) -> dict[str, str]:
    """Give the parts of a workbook that are not its sheets."""
    numbers = range(1, len(names) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
        f'ContentType="{TYPES}.worksheet+xml"/>'
        for n in numbers
    )
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in zip(numbers, names, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" '
        f'Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/xl/workbook.xml" '
            f'ContentType="{TYPES}.sheet.main+xml"/>{overrides}</Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>"
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
            f"<sheets>{listed}</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">{links}'
            f'<Relationship Id="rIdS" Type="{RELATIONS}/styles" Target="styles.xml"/>'
            "</Relationships>"
        ),
        "xl/styles.xml": (
            f'<styleSheet xmlns="{MAIN}"><cellXfs count="3"><xf numFmtId="0"/>'
            '<xf numFmtId="14"/><xf numFmtId="22"/></cellXfs></styleSheet>'
        ),
    }
