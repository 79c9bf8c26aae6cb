from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from data_service.models import Import
from data_service.schemas.tables import Field

from .factories import publish, trees

pytestmark = [pytest.mark.django_db, pytest.mark.urls("data_service.web.urls")]


def _page(client: Client, dataset_id: str = "trees") -> str:
    response = client.get(f"/datasets/{dataset_id}")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_it_tells_the_facts(client: Client) -> None:
    publish(
        trees(
            title="Trees on the quays",
            description="By the water.",
            owner="Gardens",
            license="CC BY 4.0",
            keywords=("green", "water"),
        )
    )

    html = _page(client)

    assert re.findall(r"<h1>(.*?)</h1>", html) == ["Trees on the quays"]
    assert "By the water." in html
    assert "<dt>Owner</dt><dd>Gardens</dd>" in html
    assert "<dt>Licence</dt><dd>CC BY 4.0</dd>" in html
    assert "<dt>Keywords</dt><dd>green, water</dd>" in html
    assert "6 May 2024, 07:08 UTC" in html


def test_it_describes_the_fields(client: Client) -> None:
    publish(trees())

    html = _page(client)

    assert '<code>id</code> <span class="tag">key</span>' in html
    assert "<td>Name: As on its plate.</td>" in html
    assert "<td>number</td><td>m</td>" in html
    assert '<td>Point <span class="muted">CRS84</span></td>' in html
    assert '<td class="number">7</td>' in html


def test_it_shows_the_first_rows(client: Client) -> None:
    point = "SRID=4326;POINT (4.9 52.3)"
    rows = [(n, f"Tree {n}", None, point) for n in range(1, 9)]
    publish(trees(), rows)

    html = _page(client)

    assert "<td>1</td><td>Tree 1</td>" in html
    assert "<td>POINT (4.9 52.3)</td>" in html
    assert 'aria-label="empty">—' in html
    assert "Tree 5" in html
    assert "Tree 6" not in html


def test_it_shortens_and_escapes_the_texts(client: Client) -> None:
    publish(trees(), [(1, "<b>" + "x" * 5000, 1, None)])

    html = _page(client)

    assert f"&lt;b&gt;{'x' * 76}…</td>" in html


def test_it_shows_some_of_many_fields(client: Client) -> None:
    dataset = trees()
    more = tuple(Field(f"more{n}", "string") for n in range(26))
    table = replace(dataset.tables[0], fields=(dataset.tables[0].fields[0], *more))
    publish(replace(dataset, tables=(table,)), [(1, *["x"] * 26)])

    html = _page(client)

    assert "3 more fields are not shown here." in html
    assert "<code>more25</code>" in html


def test_it_links_every_format_by_the_public_url(
    client: Client, settings: Settings
) -> None:
    settings.PUBLIC_URL = "https://data.example.org"
    publish(replace(trees(), path="parks/trees"))

    html = _page(client)

    place = "https://data.example.org/v1/parks/trees"
    for url in (
        f'"{place}"',
        f'"{place}/openapi.json"',
        f'"{place}/openapi.yaml"',
        f'"{place}/tree"',
        f'"{place}/tree?_format=csv"',
        f'"{place}/tree?_format=geojson"',
    ):
        assert f"href={url}" in html
    assert f"curl '{place}/tree?_pageSize=5'" in html


def test_it_offers_no_geojson_without_geometry(client: Client) -> None:
    dataset = trees()
    table = replace(dataset.tables[0], fields=dataset.tables[0].fields[:3])
    publish(replace(dataset, tables=(table,)))

    assert "_format=geojson" not in _page(client)


def test_it_leaves_out_columns_without_content(client: Client) -> None:
    dataset = trees()
    table = replace(dataset.tables[0], fields=dataset.tables[0].fields[:1])
    publish(replace(dataset, tables=(table,)))

    html = _page(client)

    assert '>Name</th><th scope="col">Type</th></tr>' in html


@pytest.mark.parametrize(
    ("homepage", "shown"),
    [("https://example.org/trees", True), ("javascript:alert(1)", False), ("", False)],
)
def test_it_links_a_homepage_of_the_web_only(
    client: Client, homepage: str, shown: bool
) -> None:
    publish(trees(homepage=homepage))

    html = _page(client)

    assert ("<dt>More</dt>" in html) is shown
    assert "javascript:" not in html


def test_it_shows_every_table_in_five_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    dataset = trees()
    others = (replace(dataset.tables[0], id=f"tree{n}") for n in range(5))
    publish(replace(dataset, tables=(*dataset.tables, *others)), [(1, "Oak", 1, None)])

    with django_assert_num_queries(5):
        html = _page(client)

    assert html.count("<td>Oak</td>") == 6
    assert '<a href="#table-tree4">' in html


def test_it_shows_how_far_a_new_file_is(client: Client) -> None:
    publish(trees())
    record = Import(dataset="trees", table="tree", source="tree.csv", options={})
    record.state, record.step = Import.State.RUNNING, "reading"
    record.rows_read, record.share_read = 12345, 0.6
    record.save()

    html = _page(client)

    assert "A new file for tree: reading, 12,345 rows so far." in html
    assert '<progress max="100" value="60">' in html


def test_it_shows_an_empty_table(client: Client) -> None:
    publish(trees())

    assert "The table is empty." in _page(client)


def test_it_shows_a_dataset_without_tables(client: Client) -> None:
    version = publish(trees())
    version.current.snapshottable_set.all().delete()

    assert "No table is loaded." in _page(client)


@pytest.mark.parametrize("dataset_id", ["nothing", "a b", "..", "x" * 3000])
def test_it_answers_404(client: Client, dataset_id: str) -> None:
    assert client.get(f"/datasets/{dataset_id}").status_code == 404


def test_it_answers_404_for_what_is_not_served(client: Client) -> None:
    version = publish(trees())
    version.current = None
    version.save()

    response = client.get("/datasets/trees", headers={"accept": "application/json"})

    assert response.status_code == 404
    assert "'trees'" in response.json()["detail"]
