"""Parquet and GeoParquet: every type as cells, and geometries in their CRS."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import shapely
from pyproj import CRS
from reading import Read

from data_service.importing.errors import UnsupportedFileError

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Name a file."""
    return tmp_path / "trees.parquet"


def write(path: Path, columns: dict[str, Any], geo: object = None) -> Path:
    table = pa.table(columns)
    if geo is not None:
        table = table.replace_schema_metadata({"geo": json.dumps(geo)})
    pq.write_table(table, path)
    return path


SECONDS = datetime(2020, 1, 2, 3, 4, 5, 678901)  # noqa: DTZ001
CASES: list[tuple[Any, str | None, str]] = [
    (pa.array([True]), "true", "boolean"),
    (pa.array([-5], pa.int8()), "-5", "integer"),
    (pa.array([2**64 - 1], pa.uint64()), str(2**64 - 1), "number"),
    (pa.array([7], pa.uint64()), "7", "integer"),
    (pa.array([1.5]), "1.5", "number"),
    (pa.array([float("nan")]), None, "number"),
    (pa.array([float("inf")]), None, "number"),
    (pa.array([Decimal("1.50")]), "1.50", "number"),
    (pa.array([Decimal(15)], pa.decimal128(10, 0)), "15", "integer"),
    (pa.array(["Oak"]), "Oak", "string"),
    (pa.array(["Oak"], pa.large_string()), "Oak", "string"),
    (pa.array(["Oak"]).dictionary_encode(), "Oak", "string"),
    (pa.array([date(2020, 2, 29)]), "2020-02-29", "string"),
    (pa.array([SECONDS], pa.timestamp("us")), "2020-01-02 03:04:05.678901", "string"),
    (
        pa.array([SECONDS.replace(tzinfo=UTC)], pa.timestamp("us", "UTC")),
        "2020-01-02 03:04:05.678901Z",
        "string",
    ),
    (pa.array([time(10, 30)]), "10:30:00.000000", "string"),
    (pa.array([timedelta(hours=1)]), "1:00:00", "string"),
    (pa.array([[1, 2]]), "[1,2]", "array of integer"),
    (pa.array([["a"]]), '["a"]', "array of string"),
    (pa.array([[float("nan"), 1.5]]), "[null,1.5]", "object/json"),
    (pa.array([{"a": float("inf")}]), '{"a":null}', "object/json"),
    (
        pa.array([{"a": 1, "on": date(2020, 1, 1)}]),
        '{"a":1,"on":"2020-01-01"}',
        "object/json",
    ),
    (
        pa.array([[("k", 1)]], pa.map_(pa.string(), pa.int64())),
        '{"k":1}',
        "object/json",
    ),
    (
        pa.array([UUID(int=5).bytes], pa.uuid()),
        "00000000-0000-0000-0000-000000000005",
        "string",
    ),
]


@pytest.mark.parametrize(("array", "text", "kind"), CASES, ids=lambda c: str(c)[:20])
def test_it_reads_every_type(
    file: Path, array: Any, text: str | None, kind: str
) -> None:
    read = Read(write(file, {"id": [1], "x": array}))

    assert read.rows == [{"id": "1", "x": text}]
    assert read.kinds["x"] == {kind}


def test_it_reads_half_numbers() -> None:
    from data_service.importing.readers.arrow_cells import cells_of

    assert cells_of(pa.array([1.5], pa.float16())).cells == ["1.5"]


def test_it_keeps_missing_values(file: Path) -> None:
    columns = {"id": [1, 2], "x": pa.array(["a", None]), "y": pa.nulls(2)}

    read = Read(write(file, columns))

    assert [row["x"] for row in read.rows] == ["a", None]
    assert read.kinds["y"] == frozenset()
    assert read.lines == [1, 2]
    assert read.reader.position == read.reader.size


def test_it_leaves_bytes_out(file: Path) -> None:
    read = Read(write(file, {"id": [1], "x": [b"abc"]}))

    assert read.rows == [{"id": "1"}]
    assert "column 'x' has bytes: left out" in read.doubts


def test_it_refuses_what_cannot_be_stored(file: Path) -> None:
    read = Read(write(file, {"id": [1, 2], "x": ["a", "b\0"]}))

    assert "line 2, column 'x'" in read.told[0]


def geo(**column: object) -> dict[str, object]:
    described = {"encoding": "WKB", **column}
    return {"primary_column": "place", "columns": {"place": described}}


POINT = shapely.to_wkb(shapely.Point(4.9, 52.3))
RD_POINT = shapely.to_wkb(shapely.Point(121000, 487000, 3))


@pytest.mark.parametrize(
    ("column", "wkb", "crs", "text"),
    [
        ({}, POINT, "CRS84", "POINT (4.9 52.3)"),
        ({"crs": None}, POINT, "", "POINT (4.9 52.3)"),
        ({"crs": "EPSG:28992"}, RD_POINT, "EPSG:28992", "POINT Z (121000 487000 3)"),
        (
            {"crs": CRS.from_epsg(7415).to_json_dict()},
            RD_POINT,
            "EPSG:7415",
            "POINT Z (121000 487000 3)",
        ),
        (
            {"crs": CRS("EPSG:28992+5709").to_json_dict()},
            RD_POINT,
            "EPSG:7415",
            "POINT Z (121000 487000 3)",
        ),
        (
            {"crs": CRS("EPSG:28992+5710").to_json_dict()},
            RD_POINT,
            "EPSG:28992",
            "POINT Z (121000 487000 3)",
        ),
    ],
)
def test_it_reads_geometries(
    file: Path, column: dict[str, object], wkb: bytes, crs: str, text: str
) -> None:
    read = Read(write(file, {"id": [1], "place": [wkb]}, geo(**column)))

    assert read.rows == [{"id": "1", "place": text}]
    assert read.kinds["place"] == {"Point"}
    assert read.reader.crs == crs


def test_it_moves_a_crs_without_a_code(file: Path) -> None:
    crs = CRS.from_proj4("+proj=laea +lat_0=52 +lon_0=5 +ellps=GRS80 +units=m")
    wkb = shapely.to_wkb(shapely.Point(0, 0))

    read = Read(write(file, {"id": [1], "place": [wkb]}, geo(crs=crs.to_json_dict())))

    assert read.reader.crs == "CRS84"
    assert read.rows[0]["place"] == "POINT (5 52)"
    assert "has no code: moved to longitude and latitude" in read.doubts


@pytest.mark.parametrize(
    ("metadata", "reason"),
    [
        (geo(crs="nonsense"), "has a CRS that is unknown: nonsense"),
        (
            {
                "columns": {
                    "place": {"encoding": "WKB"},
                    "other": {"encoding": "WKB", "crs": "EPSG:28992"},
                }
            },
            "has geometries in several CRS: CRS84, EPSG:28992",
        ),
    ],
)
def test_it_refuses_a_crs(file: Path, metadata: dict[str, object], reason: str) -> None:
    read = Read(write(file, {"id": [1], "place": [POINT], "other": [POINT]}, metadata))

    assert reason in read.told[0]


def test_it_reads_empty_and_broken_geometries(file: Path) -> None:
    empty = shapely.to_wkb(shapely.Point())
    kinds = {"geometry_types": ["Point"]}

    nothing = Read(write(file, {"id": [1], "place": [empty]}, geo(**kinds)))
    broken = Read(write(file, {"id": [1], "place": [b"x"]}, geo()))

    assert nothing.rows[0]["place"] is None
    assert nothing.kinds["place"] == {"Point"}
    assert "1 empty geometry read as no value" in nothing.doubts
    assert broken.told == ["line 1, column 'place' is no geometry in WKB"]


def test_it_knows_geometries_by_their_arrow_type(file: Path) -> None:
    field = pa.field(
        "place", pa.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"}
    )
    table = pa.table([pa.array([POINT])], schema=pa.schema([field]))
    pq.write_table(table, file)

    read = Read(file)

    assert read.rows == [{"place": "POINT (4.9 52.3)"}]


@pytest.mark.parametrize("metadata", ["[]", "{", '{"columns": 5}'])
def test_it_passes_over_metadata_that_is_none(file: Path, metadata: str) -> None:
    table = pa.table({"id": [1]}).replace_schema_metadata({"geo": metadata})
    pq.write_table(table, file)

    assert Read(file).rows == [{"id": "1"}]


def test_it_tells_a_table_without_rows(file: Path) -> None:
    read = Read(write(file, {"id": pa.array([], pa.int64())}))

    assert read.rows == []
    assert read.batches[0].names == ("id",)


def test_it_refuses_what_is_no_parquet(file: Path) -> None:
    file.write_bytes(b"PAR1 or not")

    with pytest.raises(UnsupportedFileError, match="is no Parquet"):
        Read(file)


def test_it_refuses_a_damaged_file(file: Path) -> None:
    write(file, {"id": list(range(10_000)), "x": ["abc"] * 10_000})
    content = bytearray(file.read_bytes())
    content[50:5000] = b"\xff" * 4950
    file.write_bytes(content)

    assert "cannot be read" in Read(file).told[0]


def test_it_refuses_too_many_columns(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data_service.importing.readers.arrow_rows.MOST_COLUMNS", 1)

    read = Read(write(file, {"id": [1], "x": [2]}))

    assert "has 2 columns; 1 are possible" in read.told[0]


def test_it_refuses_two_columns_of_one_name(file: Path) -> None:
    table = pa.table([pa.array([1]), pa.array([2])], names=["id", "id"])
    pq.write_table(table, file)

    assert "has two columns of one name" in Read(file).told[0]
