"""GeoPackages and shapefiles: layers, keys, and the CRS of the geometries."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely
from reading import Read

from data_service.importing.errors import UnsupportedFileError

pytest.importorskip("pyarrow")
raw = pytest.importorskip("pyogrio.raw")

POINTS = [shapely.Point(121000, 487000), shapely.Point(121001, 487000)]


def write_layer(
    path: Path,
    *,
    layer: str = "trees",
    crs: str | None = "EPSG:28992",
    shapes: list[shapely.Geometry | None] = POINTS,  # type: ignore[assignment]
    kind: str = "Point",
) -> Path:
    names = np.array(["Oak", "Elm"], dtype=object)
    raw.write(
        path,
        np.array([None if s is None else shapely.to_wkb(s) for s in shapes], object),
        [names[: len(shapes)]],
        fields=["name"],
        geometry_type=kind,
        crs=crs,
        layer=layer,
        append=path.exists(),
    )
    return path


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Name a GeoPackage."""
    return tmp_path / "trees.gpkg"


def test_it_reads_a_layer_with_its_key(package: Path) -> None:
    read = Read(write_layer(package))

    assert read.rows[0] == {
        "fid": "1",
        "name": "Oak",
        "geom": "POINT (121000 487000)",
    }
    assert read.kinds == {
        "fid": {"integer"},
        "name": {"string"},
        "geom": {"Point"},
    }
    assert read.reader.crs == "EPSG:28992"
    assert read.reader.position == read.reader.size


def test_it_reads_the_layer_that_was_asked_for(package: Path) -> None:
    write_layer(package)
    write_layer(package, layer="more", shapes=POINTS[:1])

    assert len(Read(package, part="more").rows) == 1
    assert (
        "layer 'trees' is read; --layer chooses another: 'more'" in Read(package).doubts
    )
    with pytest.raises(UnsupportedFileError, match="no layer 'less'; it has 'trees'"):
        Read(package, part="less")


def test_it_reads_a_shapefile_without_row_numbers(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "trees.shp", crs="EPSG:4326")

    read = Read(path)

    assert list(read.rows[0]) == ["name", "wkb_geometry"]
    assert read.reader.crs == "CRS84"
    assert read.reader.facts == ["shapefile", "layer trees", "crs CRS84"]


def test_it_knows_the_type_of_no_geometries(package: Path) -> None:
    read = Read(write_layer(package, shapes=[None, shapely.Point()]))

    assert read.kinds["geom"] == {"Point"}
    assert [row["geom"] for row in read.rows] == [None, None]


def test_it_moves_a_crs_without_a_code(package: Path) -> None:
    crs = "+proj=laea +lat_0=52 +lon_0=5 +ellps=GRS80 +units=m"

    read = Read(write_layer(package, crs=crs, shapes=[shapely.Point(0, 0)]))

    assert read.reader.crs == "CRS84"
    assert read.rows[0]["geom"] == "POINT (5 52)"
    assert "moved to longitude and latitude" in read.doubts


def test_it_says_that_a_crs_is_missing(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="'crs' was not provided"):
        path = write_layer(tmp_path / "trees.shp", crs=None)

    read = Read(path)

    assert read.reader.crs == ""
    assert read.reader.facts[-1] == "crs unknown"


@pytest.mark.parametrize("name", ["trees.gpkg", "trees.shp"])
def test_it_refuses_what_only_has_the_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("<OGRVRTDataSource><SrcDataSource>/etc</SrcDataSource>")

    with pytest.raises(UnsupportedFileError, match="is not what its name says"):
        Read(path)


def test_it_refuses_a_damaged_file(package: Path) -> None:
    package.write_bytes(b"SQLite format 3\0" + b"x" * 5000)

    with pytest.raises(UnsupportedFileError, match="cannot be read") as raised:
        Read(package)

    assert str(package.parent) not in str(raised.value)
