"""Sending a file: PUT /control/v1/datasets/<id>/tables/<table>."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.http import HttpRequest

from data_service.importing.asking import HTTP
from data_service.models import Import, SentPart
from data_service.tasks import import_file
from shared.testing.assertions import assert_problem

ROOT = "/control/v1"
CSV = b"id,name\n1,Oak\n2,Elm\n"
Put = Callable[..., Any]


@pytest.fixture
def put(client, clean_rows, make_token) -> Put:
    headers = make_token("data:write")

    def do_put(query: str = "", body: bytes = CSV, **options: Any) -> Any:
        path = options.pop("path", "/datasets/trees/tables/tree")
        kind = options.pop("content_type", "text/csv")
        return client.put(
            f"{ROOT}{path}?{query}",
            body,
            content_type=kind,
            headers={**headers, **options},
        )

    return do_put


def test_it_takes_in_a_file(put, client, make_token):
    response = put("key=id&title=Trees")

    assert response.status_code == 202
    record = response.json()
    assert response["Location"].endswith(f"/control/v1/imports/{record['id']}")
    assert (record["state"], record["source"]) == ("waiting", "tree.csv")
    import_file(record["id"])
    headers = make_token("data:write")
    done = client.get(f"{ROOT}/imports/{record['id']}", headers=headers).json()
    assert (done["state"], done["rows"], done["shareRead"]) == ("done", 2, 1.0)
    rows = client.get("/v1/trees/tree").json()["_embedded"]["tree"]
    assert [row["name"] for row in rows] == ["Oak", "Elm"]


def test_it_needs_no_kind_where_there_is_no_file(put, client):
    import_file(put().json()["id"])

    response = put("deleteWhere=id=1", b"", content_type="")

    assert response.status_code == 202
    assert import_file(response.json()["id"]) == "done"
    rows = client.get("/v1/trees/tree").json()["_embedded"]["tree"]
    assert [row["id"] for row in rows] == [2]


def test_it_remembers_what_was_asked(put):
    put(
        "format=csv&mode=append&deleteWhere=name=a=b&deleteWhere=id=5&breaking=true"
        "&dryRun=false&crs=EPSG:28992",
        content_type="application/octet-stream",
    )

    assert Import.objects.get().options == {
        "format": "csv",
        "mode": "append",
        "deleteWhere": {"name": "a=b", "id": "5"},
        "breaking": True,
        "dryRun": False,
        "crs": "EPSG:28992",
        "bytes": len(CSV),
    }


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("mode=some", "mode"),
        ("breaking=yes", "breaking"),
        ("crs=28992", "crs"),
        ("deleteWhere=name", "deleteWhere"),
        ("deleteWhere=a=1&deleteWhere=a=2", "deleteWhere"),
        ("format=pdf", "format"),
        ("title=a&title=b", "title"),
        (f"title={'x' * 1001}", "title"),
        ("schema=x", "schema"),
    ],
)
def test_it_refuses_other_options(put, query, name):
    assert_problem(put(query), 400, name=name)
    assert not Import.objects.exists()


def test_it_refuses_what_it_cannot_read(put):
    assert_problem(put(content_type="application/pdf"), 415)


@pytest.mark.parametrize("path", ["/datasets/v1/tables/tree", "/datasets/a/tables/v1"])
def test_it_refuses_names_that_mean_something_else(put, path):
    assert_problem(put(path=path), 409, in_detail="in the path")


@pytest.mark.parametrize("name", ["Tree", "_", "a b", "bäume", "1st", "x" * 101])
def test_it_names_each_part_of_the_path_that_is_no_id(put, name):
    path = f"/datasets/{quote(name)}/tables/{quote(name)}"

    problem = assert_problem(put("mode=some", path=path), 400)

    found = [(f["name"], f["in"]) for f in problem["invalid-params"]]
    assert found == [("id", "path"), ("table", "path"), ("mode", "query")]
    fault = problem["invalid-params"][0]
    assert fault["reason"] == f"'{name[:60]}' is no id"
    assert fault["accepted"].startswith("a small letter, then letters and digits")


def test_it_names_every_fault_of_a_request_at_once(put):
    path = "/datasets/Tree/tables/tree"

    problem = assert_problem(put("no=1&mode=some&key=a&key=b", path=path), 400)

    found = [(f["name"], f["in"]) for f in problem["invalid-params"]]
    names = ("no", "key", "mode")
    assert found == [("id", "path"), *((name, "query") for name in names)]


def test_it_takes_the_longest_id(put):
    assert put(path=f"/datasets/{'x' * 100}/tables/tree").status_code == 202


def test_it_refuses_a_file_that_is_too_large(put, settings):
    settings.MAX_FILE_BYTES = 10

    assert_problem(put(), 413)
    assert not SentPart.objects.exists()


def test_it_takes_in_more_than_any_other_body(put, settings):
    size = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1

    assert put(body=b"x" * size).status_code == 202
    path = "/datasets/trees"
    assert_problem(put(path=path, body=b"x" * size), 413)


def test_it_keeps_nothing_of_a_body_that_ends_too_soon(put, monkeypatch):
    def fail(_request: HttpRequest, _size: int) -> bytes:
        raise OSError

    monkeypatch.setattr(HttpRequest, "read", fail)

    assert_problem(put(), 400, name="body")
    assert not Import.objects.exists()


def test_it_needs_a_token(client, db):
    path = f"{ROOT}/datasets/trees/tables/tree"

    assert_problem(client.put(path, CSV, content_type="text/csv"), 401)


REFUSALS = {
    "mode=append": "identifies a row that is served; ?mode=upsert replaces it",
    "deleteWhere=id=1": "?deleteWhere=FIELD=VALUE keeps other rows: say ?mode=append "
    "or ?mode=upsert with a file",
    "key=name": "?breaking=true publishes it as v2, beside v1",
}


@pytest.mark.parametrize("query", REFUSALS)
def test_it_tells_a_client_what_it_can_ask(put, client, make_token, query):
    import_file(put().json()["id"])
    record = put(query).json()

    assert import_file(record["id"]) == "refused"

    headers = make_token("data:write")
    told = client.get(f"{ROOT}/imports/{record['id']}", headers=headers).json()
    assert REFUSALS[query] in told["faults"][0]["reason"]


def test_it_tells_of_parameters_that_there_are(client):
    document = client.get(f"{ROOT}/openapi.json").json()
    put = document["paths"]["/datasets/{id}/tables/{table}"]["put"]
    known = {f"?{p['name']}" for p in put["parameters"] if p["in"] == "query"}

    named = {words.split("=")[0] for words in HTTP.values() if words.startswith("?")}

    assert named <= known


def test_it_describes_the_body(client):
    document = client.get(f"{ROOT}/openapi.json").json()

    put = document["paths"]["/datasets/{id}/tables/{table}"]["put"]
    binary = {"schema": {"type": "string", "format": "binary"}}
    assert put["requestBody"]["content"]["text/csv"] == binary
    assert set(put["responses"]) >= {"202", "400", "401", "403", "404", "413", "415"}
