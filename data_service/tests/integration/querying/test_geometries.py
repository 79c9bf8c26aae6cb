"""Questions of place have the same answers as shapely gives, row by row."""

from __future__ import annotations

import random
import subprocess
import sys
from urllib.parse import quote

import numpy as np
import pytest
import shapely
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as asked_settings
from hypothesis import strategies as st
from pyproj import Geod, Transformer

from data_service.importing.publishing import Publication, publish
from data_service.querying import connections
from data_service.querying.geometries import matching
from data_service.querying.geometries.remembering import LOOKUPS
from data_service.schemas.tables import Dataset, Field, Table

# Whole numbers on a small field, so that boundaries often meet.
WIDTH = 12
ROWS = 160
CORNERS = {"EPSG:28992": (121000, 487000), "CRS84": (4, 52)}
KINDS = {
    "Point": ("point",),
    "LineString": ("line",),
    "Polygon": ("donut", "triangle"),
    "Geometry": ("point", "line", "donut", "triangle", "several", "nothing"),
}
DATASETS = {
    f"{name.lower()}{'Rd' if crs != 'CRS84' else 'Degrees'}": (name, crs)
    for name in KINDS
    for crs in CORNERS
}
AREAS = [d for d, (name, _) in DATASETS.items() if name in ("Polygon", "Geometry")]
ASKED = asked_settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def a_geometry(draw, kind, corner):
    """Draw a geometry with a function that draws a whole number."""

    def place():
        return corner[0] + draw(WIDTH), corner[1] + draw(WIDTH)

    if kind == "nothing":
        return None
    if kind == "point":
        return shapely.Point(place())
    if kind == "line":
        return shapely.LineString([place(), place(), place()])
    if kind == "several":
        return shapely.MultiPoint([place(), place()])
    if kind == "triangle":
        return shapely.Polygon([place(), place(), place()])
    (west, south), (wide, high) = place(), (2 + draw(5), 2 + draw(5))
    outer = shapely.box(west, south, west + wide, south + high)
    return outer.difference(
        shapely.box(west + 1, south + 1, west + wide - 1, south + 2)
    )


def valid_geometry(draw, kind, corner):
    while True:
        shape = a_geometry(draw, kind, corner)
        if shape is None or shape.is_valid:
            return shape


@st.composite
def targets(draw):
    kind = draw(st.sampled_from(["point", "line", "several", "donut", "triangle"]))
    numbers = random.Random(draw(st.integers(0, 10**6)))  # noqa: S311
    return valid_geometry(lambda most: numbers.randint(0, most), kind, (0, 0))


def publish_shapes(folder, dataset, shapes):
    """Publish geometries through a CSV file."""
    name, crs = DATASETS[dataset]
    fields = (Field("id", "integer"), Field("geom", name, crs=crs))
    cells = [f'{i},"{shape.wkt if shape else ""}"' for i, shape in enumerate(shapes)]
    path = folder / "row.csv"
    path.write_text("\n".join(["id,geom", *cells]))
    schema = Dataset(dataset, (Table("row", fields),))
    publish(Publication(path=path, dataset=dataset, table="row", schema=schema, by="t"))


@pytest.fixture(scope="module")
def rows_of(module_published, django_db_blocker, tmp_path_factory):
    """Publish random geometries of every kind; give those of each dataset."""
    numbers = random.Random(7)  # noqa: S311
    rows = {}
    for dataset, (name, crs) in DATASETS.items():
        rows[dataset] = [
            valid_geometry(
                lambda most: numbers.randint(0, most),
                numbers.choice(KINDS[name]),
                CORNERS[crs],
            )
            for _ in range(ROWS)
        ]
        with django_db_blocker.unblock():
            publish_shapes(tmp_path_factory.mktemp(dataset), dataset, rows[dataset])
    return rows


@pytest.fixture(autouse=True)
def patient_connection(settings):
    """Let a busy machine take its time, and close the connection after."""
    settings.STATEMENT_TIMEOUT_MS = 60_000
    yield
    connections.close()


def found(dataset, query):
    """Give all identifiers that a query finds, page by page."""
    crs = DATASETS[dataset][1]
    ids, url = [], f"/v1/{dataset}/row?{query}&_pageSize=50&_count=true"
    while url:
        response = Client().get(url, headers={"Accept-Crs": crs})
        assert response.status_code == 200, response.content
        body = response.json()
        ids += [row["id"] for row in body["_embedded"]["row"]]
        url = body["_links"].get("next", {}).get("href", "")
    assert body["page"]["totalElements"] == len(ids)
    return ids


def expected(shapes, fits):
    return [i for i, shape in enumerate(shapes) if shape is not None and fits(shape)]


def moved(shape, dataset):
    x, y = CORNERS[DATASETS[dataset][1]]
    return shapely.transform(shape, lambda places: places + np.array([x, y]))


@pytest.mark.parametrize("dataset", DATASETS)
@ASKED
@given(target=targets())
def test_it_finds_what_intersects(rows_of, dataset, target):
    target = moved(target, dataset)

    ids = found(dataset, f"geom[intersects]={quote(target.wkt)}")

    assert ids == expected(rows_of[dataset], target.intersects)


@pytest.mark.parametrize("dataset", AREAS)
@ASKED
@given(target=targets())
def test_it_finds_what_contains(rows_of, dataset, target):
    target = moved(target, dataset)

    ids = found(dataset, f"geom[contains]={quote(target.wkt)}")

    assert ids == expected(rows_of[dataset], lambda shape: shape.contains(target))


@pytest.mark.parametrize("dataset", DATASETS)
@ASKED
@given(number=st.integers(0, ROWS - 1))
def test_it_finds_what_is_the_same_and_what_is_not(rows_of, dataset, number):
    target = rows_of[dataset][number] or shapely.Point(CORNERS[DATASETS[dataset][1]])
    same = expected(rows_of[dataset], target.equals)

    assert found(dataset, f"geom={quote(target.wkt)}") == same
    others = found(dataset, f"geom[not]={quote(target.wkt)}")
    assert others == [i for i in range(ROWS) if i not in same]


@pytest.mark.parametrize("dataset", [d for d in DATASETS if d.endswith("Rd")])
@ASKED
@given(x=st.integers(0, WIDTH), y=st.integers(0, WIDTH), metres=st.integers(0, 10))
def test_it_finds_what_is_near_in_rd(rows_of, dataset, x, y, metres):
    target = moved(shapely.Point(x, y), dataset)

    ids = found(dataset, f"geom[within]={target.x},{target.y},{metres}")

    assert ids == expected(rows_of[dataset], lambda s: s.distance(target) <= metres)


@pytest.mark.parametrize("dataset", ["pointDegrees", "geometryDegrees"])
@ASKED
@given(x=st.integers(0, WIDTH), y=st.integers(0, WIDTH), metres=st.integers(1, 300_000))
def test_it_finds_points_that_are_near_on_the_globe(rows_of, dataset, x, y, metres):
    target = moved(shapely.Point(x, y), dataset)
    geod = Geod(ellps="WGS84")

    ids = found(dataset, f"geom[within]=POINT({target.x} {target.y}),{metres}")

    for number, shape in enumerate(rows_of[dataset]):
        if shape is None or shape.geom_type != "Point":
            continue
        distance = geod.inv(target.x, target.y, shape.x, shape.y)[2]
        if abs(distance - metres) > distance / 500:
            assert (number in ids) == (distance <= metres)


@pytest.mark.parametrize("dataset", [d for d in DATASETS if d.endswith("Degrees")])
@pytest.mark.parametrize("metres", ["0", "1e-9"])
def test_it_finds_what_is_at_the_very_place(rows_of, dataset, metres):
    number = next(i for i, shape in enumerate(rows_of[dataset]) if shape)
    x, y = shapely.get_coordinates(rows_of[dataset][number])[0]

    assert number in found(dataset, f"geom[within]={x},{y},{metres}")


@pytest.mark.parametrize("dataset", ["geometryRd", "pointRd"])
def test_it_goes_with_other_filters_and_an_order(rows_of, dataset):
    target = moved(shapely.from_wkt("POLYGON((0 0,9 0,9 9,0 0))"), dataset)
    query = f"geom[intersects]={quote(target.wkt)}&id[lt]=100&_sort=-id"
    fitting = expected(rows_of[dataset][:100], target.intersects)

    assert found(dataset, query) == fitting[::-1]


def test_it_finds_the_same_in_many_small_steps(rows_of, monkeypatch):
    monkeypatch.setattr(matching, "_MOST_WKB", 300)
    monkeypatch.setattr(matching, "_GROUP", 7)
    monkeypatch.setattr("data_service.querying.geometries.selections._MOST_LISTED", 3)
    LOOKUPS.memory.clear()
    target = moved(shapely.from_wkt("POLYGON((0 0,9 1,8 9,0 0))"), "geometryRd")
    query = f"geom[intersects]={quote(target.wkt)}"
    fitting = expected(rows_of["geometryRd"], target.intersects)

    assert found("geometryRd", query) == fitting
    assert found("geometryRd", f"{query}&_sort=-id") == fitting[::-1]
    export = Client().get(
        f"/v1/geometryRd/row?{query}&_format=csv", headers={"Accept-Crs": "EPSG:28992"}
    )
    lines = b"".join(export.streaming_content).decode().splitlines()
    assert [int(line.partition(",")[0]) for line in lines[1:]] == fitting
    LOOKUPS.memory.clear()


def test_it_gives_areas_in_another_crs(rows_of):
    headers = {"Accept-Crs": "EPSG:3857"}
    rows = Client().get("/v1/geometryRd/row?_pageSize=1000", headers=headers).json()
    text = Client().get("/v1/geometryRd/row?_format=csv", headers=headers)
    lines = b"".join(text.streaming_content).decode().splitlines()

    for row, shape, line in zip(
        rows["_embedded"]["row"], rows_of["geometryRd"], lines[1:], strict=True
    ):
        if shape is None:
            assert row["geom"] is None
            continue
        other = shapely.geometry.shape(row["geom"])
        assert other.geom_type == shape.geom_type
        # A metre here is 1.64 metres in that projection.
        assert other.length == pytest.approx(shape.length * 1.64, rel=0.01)
        wkt = line.partition(",")[2].strip('"').removeprefix("SRID=3857;")
        assert shapely.from_wkt(wkt).equals(other)


def test_it_gives_degrees_in_rd(rows_of):
    headers = {"Accept-Crs": "EPSG:28992"}
    usual = Client().get("/v1/pointDegrees/row?_pageSize=1")
    moved = Client().get("/v1/pointDegrees/row?_pageSize=1", headers=headers)
    place = rows_of["pointDegrees"][0]

    assert usual["Content-Crs"].endswith("CRS84>")
    assert moved["Content-Crs"] == "EPSG:28992"
    row = moved.json()["_embedded"]["row"][0]
    expected_place = Transformer.from_crs(
        "OGC:CRS84", "EPSG:28992", always_xy=True
    ).transform(place.x, place.y)
    assert row["geom"]["coordinates"] == pytest.approx(expected_place, abs=0.01)


def test_it_has_no_geometry_library_without_a_geometry():
    code = (
        "import sys, django; django.setup(); import data_service.urls;"
        "print([m for m in ('shapely', 'pyproj', 'numpy') if m in sys.modules])"
    )

    run = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )

    assert run.stdout.strip() == "[]"
