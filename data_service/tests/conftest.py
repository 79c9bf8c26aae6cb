"""Fixtures of the tests of the data service: published datasets, cleaned up after."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.db import connection
from psycopg import sql

from data_service.api.answers import ANSWERS
from data_service.importing.publishing import Publication, Published, publish
from data_service.models import Dataset, DatasetVersion, Import, PhysicalTable
from data_service.querying import recent
from data_service.schemas.tables import Dataset as DatasetSchema
from data_service.schemas.tables import Field, Table
from shared.testing.fixtures import make_token, token  # noqa: F401

# How fast a busy machine draws says nothing of the code.
hypothesis.settings.register_profile(
    "kade",
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("kade")

TREE = Table(
    "tree",
    (
        Field("id", "integer", required=True),
        Field("name", "string", title="Name", required=True),
        Field("note", "string"),
        Field("height", "number", unit="m"),
        Field("count", "integer"),
        Field("planted", "string/date", required=True),
        Field("seen", "string/date-time"),
        Field("alive", "boolean"),
        Field("tags", "array of string"),
        Field("geom", "Point", crs="EPSG:28992"),
    ),
    title="Trees",
    display="name",
    main_geometry="geom",
)
TREES = DatasetSchema("trees", (TREE,), title="Trees", license="CC0-1.0")


def _tree(number: int, name: str, planted: str, **values: object) -> dict[str, Any]:
    place = [121000.0 + number, 487000.0]
    fixed = {"id": number, "name": name, "planted": planted}
    geometry = {"type": "Point", "coordinates": place}
    return {**fixed, "alive": True, "geometry": geometry, **values}


TREE_ROWS = (
    _tree(1, "Oak", "2020-02-01", note="x", tags=["a", "b"], count=5, height=12.5)
    | {"seen": "2020-02-01T12:00:00Z"},
    _tree(2, "oAK", "2020-03-01", note="", tags=["b", "a"], alive=False)
    | {"seen": "2020-03-01T22:30:00+01:00"},
    _tree(3, "Elm?", "2021-05-05", height=2.5, count=-1, tags=[]),
    _tree(4, "Pine_%", "2022-05-05", alive=None, geometry=None),
)
CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
Rows = Sequence[Mapping[str, Any]]


def write_geojson(path: Path, rows: Rows, *, crs: object = None) -> Path:
    """Write rows as features; the member `geometry` of a row is its geometry."""
    features = [
        {
            "type": "Feature",
            "geometry": row.get("geometry"),
            "properties": {k: v for k, v in row.items() if k != "geometry"},
        }
        for row in rows
    ]
    members = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(members | ({"crs": crs} if crs else {})))
    return path


def publish_tree_rows(
    folder: Path, rows: Rows = TREE_ROWS, schema: DatasetSchema = TREES
) -> Published:
    """Publish rows as the first table of a schema, through a GeoJSON file."""
    table = schema.tables[0]
    is_rd = table.geometry is not None and table.geometry.crs == "EPSG:28992"
    path = write_geojson(
        folder / f"{table.id}.geojson", rows, crs=CRS if is_rd else None
    )
    return publish(
        Publication(
            path=path, dataset=schema.id, table=table.id, schema=schema, by="test"
        )
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have the test database made for tests that only ask for `module_published`.

    pytest-django makes it for tests that have a mark or a fixture of its own.
    """
    for item in items:
        if "module_published" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(autouse=True)
def nothing_remembered(settings: Any) -> None:
    """Have each answer made that a test asks for first, and each pointer read."""
    ANSWERS.clear()
    recent.forget()
    settings.WEB_POINTER_MS = 0


def remove_published() -> None:
    """Remove every dataset, physical table, import and job that was committed."""
    if not str(connection.settings_dict["NAME"]).startswith("test_"):
        raise RuntimeError("this is no database of tests")
    DatasetVersion.objects.update(current=None)
    Import.objects.all().delete()
    Dataset.objects.all().delete()
    PhysicalTable.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'rows'")
        for (name,) in cursor.fetchall():
            table = sql.Identifier("rows", name)
            cursor.execute(sql.SQL("DROP TABLE IF EXISTS {} CASCADE").format(table))
        cursor.execute("DELETE FROM procrastinate_jobs")


@pytest.fixture
def clean_rows(transactional_db: None) -> Iterator[None]:
    """Leave no committed dataset, physical table or job behind."""
    remove_published()
    yield
    remove_published()


@pytest.fixture
def publish_rows(clean_rows: None, tmp_path: Path) -> Callable[..., Published]:
    """Publish made-up rows for good: `publish_rows(rows, schema)`, or the trees."""

    def do_publish(rows: Rows = TREE_ROWS, schema: DatasetSchema = TREES) -> Published:
        return publish_tree_rows(tmp_path, rows, schema)

    return do_publish


@pytest.fixture
def published(publish_rows: Callable[..., Published]) -> Published:
    """Publish the four trees: dataset `trees`, table `tree`."""
    return publish_rows()


@pytest.fixture(scope="module")
def module_published(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[Published]:
    """Publish the four trees once for the reading tests of a module."""
    with django_db_blocker.unblock():
        remove_published()
        yield publish_tree_rows(tmp_path_factory.mktemp("trees"))
        remove_published()
