"""Rows in RD with NAP (EPSG:7415): their heights, and the system that is told.

A file that names no system is taken for RD, and its heights stay (ADR 0019).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from data_service.downloading.kinds import KINDS
from data_service.downloading.making import make_download
from data_service.importing.publishing import Publication, Published, publish
from data_service.models import Download, PhysicalTable

PLACE = "POINT Z (121000 487000 2.5)"
CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::7415"}}
FEATURE = {
    "type": "Feature",
    "properties": {"id": 1},
    "geometry": {"type": "Point", "coordinates": [121000.0, 487000.0, 2.5]},
}
COLLECTION = {"type": "FeatureCollection", "crs": CRS, "features": [FEATURE]}
FILES = {
    "geojson": ("masts.geojson", json.dumps(COLLECTION), ""),
    "ewkt": ("masts.csv", f"id,geometry\n1,SRID=7415;{PLACE}\n", ""),
    "told": ("masts.csv", f"id,geometry\n1,{PLACE}\n", "EPSG:7415"),
    "untold": ("masts.csv", f"id,geometry\n1,{PLACE}\n", ""),
}
Serve = Callable[[str], Published]
Ask = Callable[..., Any]


@pytest.fixture
def serve(clean_rows: None, tmp_path: Path) -> Serve:
    """Publish one of the files as the table `masts` of the dataset `masts`."""

    def do_serve(file: str) -> Published:
        name, text, crs = FILES[file]
        path = tmp_path / name
        path.write_text(text)
        return publish(Publication(path=path, crs=crs))

    return do_serve


@pytest.fixture
def ask(client: Client) -> Ask:
    """Ask for masts in a system, or in their own."""

    def do_ask(query: str, crs: str = "") -> Any:
        headers = {"Accept-Crs": crs} if crs else {}
        response = client.get(f"/v1/masts/masts{query}", headers=headers)
        assert response.status_code == 200, response.content
        return response

    return do_ask


@pytest.mark.parametrize("file", ["geojson", "ewkt", "told"])
def test_it_serves_heights(serve: Serve, ask: Ask, file: str) -> None:
    published = serve(file)

    response = ask("/1")

    assert published.doubts == ()
    assert response.json()["geometry"] == FEATURE["geometry"]
    assert response["Content-Crs"].endswith("/EPSG/0/7415>")


@pytest.mark.parametrize("file", ["ewkt", "untold"])
@pytest.mark.parametrize("code", ["7415", "28992"])
def test_it_tells_one_crs_in_csv(serve: Serve, ask: Ask, file: str, code: str) -> None:
    serve(file)

    response = ask("?_format=csv", f"EPSG:{code}")

    text = b"".join(response.streaming_content).decode()
    assert text == f"id,geometry\r\n1,SRID={code};{PLACE}\r\n"
    assert response["Content-Crs"] == f"EPSG:{code}"


def test_it_takes_a_file_that_names_none_for_rd(serve: Serve) -> None:
    published = serve("untold")

    assert published.table.by_id["geometry"].crs == "EPSG:28992"
    (doubt,) = published.doubts
    assert doubt == "geometry: geometries without SRID, taken as EPSG:28992"


def test_it_finds_them_by_place(serve: Serve, ask: Ask) -> None:
    serve("ewkt")

    near = ask("?geometry[within]=121000,487001,2", "EPSG:28992").json()
    far = ask("?geometry[within]=121000,487003,2", "EPSG:28992").json()

    assert [row["id"] for row in near["_embedded"]["masts"]] == [1]
    assert far["_embedded"]["masts"] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_it_makes_downloads(serve: Serve, kind: Any) -> None:
    serve("ewkt")

    assert make_download(PhysicalTable.objects.get().pk, kind.name) > 0
    assert Download.objects.get().problem == ""
