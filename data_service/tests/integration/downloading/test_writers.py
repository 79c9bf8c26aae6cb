"""Files as others read them: every type, empty values, and the same rows as the API."""

import json
from datetime import UTC, date, datetime, time

import duckdb
import pandas
import pyogrio
import pytest
import shapely
from django.db import connection, transaction
from openpyxl import load_workbook
from psycopg import sql
from pyarrow import parquet

from data_service.downloading.errors import UnfitError
from data_service.downloading.kinds import GEOPACKAGE, PARQUET, XLSX
from data_service.downloading.reading import Source
from data_service.downloading.writers import WRITERS
from data_service.schemas.tables import Field, Table

pytestmark = pytest.mark.django_db

VALUES = {
    "integer": (1, None),
    "string": ("=1+1 é", ""),
    "string/uri": ("https://example.org/", None),
    "number": ("0.1", "-1e3"),
    "boolean": (True, None),
    "string/date": (date(2020, 2, 29), date(1850, 1, 1)),
    "string/date-time": (datetime(2020, 1, 1, 12, tzinfo=UTC), None),
    "string/time": (time(12, 30), None),
    "object/json": ('{"a": [1]}', None),
    "array of string": (["a", "b,c"], []),
    "array of integer": ([1, 2], None),
    "array of number": (["1.5"], None),
}
FIELDS = tuple(
    Field(f"f{number}", name, required=number == 0)
    for number, name in enumerate(VALUES)
)
GEOMETRIES = (
    Field("geometry", "Point", crs="EPSG:28992"),
    Field("shape", "Geometry", crs="CRS84"),
)
POINT = json.dumps({"type": "Point", "coordinates": [121000.5, 487000]})
LINE = json.dumps({"type": "LineString", "coordinates": [[4, 52], [5, 53]]})
WKT = "SRID=28992;POINT (121000.5 487000)"


def make_rows(fields, rows):
    """Fill a physical table by itself."""
    columns = {"_ordinal": "bigint", "geometry__ewkt": "text", "shape__ewkt": "text"}
    columns |= {f.column: f.type.column_type for f in fields}
    described = sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind))
        for name, kind in columns.items()
    )
    values = sql.SQL(", ").join([sql.SQL("%s")] * len(columns))
    name = sql.Identifier("rows", "t999")
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE TABLE {} ({})").format(name, described))
        insert = sql.SQL("INSERT INTO {} VALUES ({})").format(name, values)
        cursor.executemany(insert, [(n, None, None, *r) for n, r in enumerate(rows)])
        update = sql.SQL(
            "UPDATE {} SET geometry__ewkt = %s, shape__ewkt = 'LINESTRING' "
            "WHERE _ordinal = 0"
        )
        cursor.execute(update.format(name), [WKT])


@pytest.fixture
def write(tmp_path):
    """Write a file of a kind with rows of these fields; give its path."""

    def do_write(kind, fields, rows):
        main = "geometry" if "geometry" in {f.id for f in fields} else ""
        table = Table("thing", tuple(fields), identifier=("f0",), main_geometry=main)
        make_rows(fields, rows)
        path = tmp_path / f"thing.{kind.name}"
        with transaction.atomic():
            WRITERS[kind](path, Source(table, "t999"))
        return path

    return do_write


@pytest.fixture
def everything(write):
    """Write a row with a value of every type, and one with as few as can be."""

    def do_write(kind):
        first = [*(value for value, _ in VALUES.values()), POINT, LINE]
        second = [*(value for _, value in VALUES.values()), None, None]
        return write(kind, (*FIELDS, *GEOMETRIES), [first, second])

    return do_write


def test_it_writes_parquet_of_every_type(everything):
    first, second = parquet.read_table(everything(PARQUET)).to_pylist()

    found = list(first.values())[:12]
    assert found == [
        *(1, "=1+1 é", "https://example.org/", 0.1, True, date(2020, 2, 29)),
        *(datetime(2020, 1, 1, 12, tzinfo=UTC), time(12, 30), '{"a": [1]}'),
        *(["a", "b,c"], [1, 2], [1.5]),
    ]
    assert shapely.from_wkb(first["geometry"]).wkt == "POINT (121000.5 487000)"
    assert (second["f1"], second["f3"], second["f9"]) == ("", -1000.0, [])
    assert second["f0"] is second["geometry"] is None


def test_it_says_where_the_geometries_of_parquet_are(everything):
    geo = json.loads(parquet.read_schema(everything(PARQUET)).metadata[b"geo"])

    assert geo["primary_column"] == "geometry"
    assert geo["columns"]["geometry"]["crs"]["id"] == {
        "authority": "EPSG",
        "code": 28992,
    }
    assert "crs" not in geo["columns"]["shape"]


def test_it_writes_parquet_for_others(everything):
    path = everything(PARQUET)

    frame = pandas.read_parquet(path)
    rows = duckdb.read_parquet(str(path)).project("f1, f3").fetchall()

    assert list(frame["f3"]) == [0.1, -1000.0]
    assert rows == [("=1+1 é", 0.1), ("", -1000.0)]


def test_it_writes_parquet_without_a_geometry(write):
    path = write(PARQUET, FIELDS[:1], [(1,), (2,)])

    assert parquet.read_table(path).to_pylist() == [{"f0": 1}, {"f0": 2}]
    assert b"geo" not in (parquet.read_schema(path).metadata or {})


@pytest.mark.parametrize("kind", [PARQUET, XLSX], ids=lambda kind: kind.name)
def test_it_writes_no_rows(write, kind):
    path = write(kind, FIELDS[:1], [])

    assert path.stat().st_size > 0


def test_it_writes_a_geopackage_of_every_type(everything):
    path = everything(GEOPACKAGE)

    about = pyogrio.read_info(path)
    _, table = pyogrio.read_arrow(path)
    first, second = table.to_pylist()
    assert (about["crs"], about["geometry_type"]) == ("EPSG:28992", "Point")
    assert about["layer_name"] == "thing"
    assert about["geometry_name"] == "geometry"
    assert shapely.from_wkb(first["geometry"]).wkt == "POINT (121000.5 487000)"
    assert (first["f0"], first["f3"], first["f4"]) == (1, 0.1, True)
    assert first["f5"] == date(2020, 2, 29)
    assert first["f6"] == datetime(2020, 1, 1, 12, tzinfo=UTC)
    assert (first["f7"], first["f9"]) == ("12:30:00", '["a","b,c"]')
    assert first["shape"] == "LINESTRING"
    assert second["geometry"] is second["f0"] is None


def test_it_writes_a_geopackage_in_degrees(write):
    fields = (FIELDS[0], Field("geometry", "Geometry", crs="CRS84"))

    path = write(GEOPACKAGE, fields, [(1, LINE)])

    assert pyogrio.read_info(path)["crs"] == "EPSG:4326"
    _, table = pyogrio.read_arrow(path)
    (row,) = table.to_pylist()
    assert shapely.from_wkb(row["geometry"]).wkt == "LINESTRING (4 52, 5 53)"


def test_it_writes_a_workbook_of_every_type(everything):
    sheet = load_workbook(everything(XLSX))["thing"]

    names, first, second = ([cell.value for cell in row] for row in sheet.rows)
    assert names == [*(f.id for f in FIELDS), "geometry"]
    assert first == [
        *(1, "=1+1 é", "https://example.org/", 0.1, True, datetime(2020, 2, 29)),  # noqa: DTZ001
        *(datetime(2020, 1, 1, 12), "12:30:00", '{"a": [1]}', "a,b,c", "1,2", "1.5"),  # noqa: DTZ001
        WKT,
    ]
    assert second[3:6] == [-1000, None, "1850-01-01"]
    assert sheet["B2"].data_type == "s"


def test_it_keeps_the_digits_of_a_large_integer(write):
    sheet = load_workbook(write(XLSX, FIELDS[:1], [(2**60,), (-5,)]))["thing"]

    assert [cell.value for cell in sheet["A"]] == ["f0", str(2**60), -5]


def test_it_writes_a_number_that_no_cell_can_hold_as_text(write):
    numbers = [("-1.7976931348623157e308",), ("1e307",)]

    sheet = load_workbook(write(XLSX, FIELDS[3:4], numbers))["thing"]

    assert [c.value for c in sheet["A"]] == ["f3", "-1.7976931348623157e+308", 1e307]


def test_it_refuses_text_that_no_cell_can_hold(write):
    with pytest.raises(UnfitError, match="row 2 has a text"):
        write(XLSX, FIELDS[:2], [(1, "x"), (2, "x" * 40_000)])


def test_it_refuses_more_columns_than_a_sheet_has(write, monkeypatch):
    monkeypatch.setattr("data_service.downloading.writers.xlsx._MOST_COLUMNS", 1)

    with pytest.raises(UnfitError, match="at most 1 columns"):
        write(XLSX, FIELDS[:2], [])


@pytest.mark.parametrize("kind", WRITERS, ids=lambda kind: kind.name)
def test_it_refuses_a_number_that_is_no_double(write, kind):
    with pytest.raises(UnfitError, match="beyond those of 64 bits"):
        write(kind, (FIELDS[3], GEOMETRIES[0]), [("1e399", POINT)])


@pytest.mark.parametrize(
    ("kind", "read"),
    [
        (PARQUET, lambda path: parquet.read_table(path)["f3"].to_pylist()),
        (GEOPACKAGE, lambda path: pyogrio.read_arrow(path)[1]["f3"].to_pylist()),
    ],
)
def test_it_keeps_every_double(write, kind, read):
    numbers = [1.7976931348623157e308, -1e300, 5e-324, 0.1]
    rows = [(repr(number), POINT) for number in numbers]

    assert read(write(kind, (FIELDS[3], GEOMETRIES[0]), rows)) == numbers


def test_it_refuses_names_that_sqlite_takes_for_one(write):
    fields = (Field("ab", "integer"), Field("aB", "integer"), *GEOMETRIES[:1])

    with pytest.raises(UnfitError, match="differ in case only: ab, aB"):
        write(GEOPACKAGE, fields, [])
