"""The control API: datasets, snapshots and imports."""

import pytest
import yaml
from openapi_spec_validator import validate

from data_service.importing.errors import RefusedError
from data_service.querying import connections
from shared.testing.assertions import assert_nothing_prefilled, assert_problem

ROOT = "/control/v1"


@pytest.fixture
def ask(client, published):
    def do_ask(path, **headers):
        return client.get(ROOT + path, headers=headers)

    yield do_ask
    connections.close()


def test_it_lists_the_datasets(ask, published):
    body = ask("/datasets").json()

    assert body["total"] == 1
    dataset = body["items"][0]
    assert (dataset["id"], dataset["path"]) == ("trees", "trees")
    assert dataset["versions"] == [
        {
            "name": "v1",
            "isDefault": True,
            "snapshot": published.snapshot_id,
            "url": "http://localhost:8000/v1/trees",
        }
    ]


def test_it_gives_a_dataset(ask):
    assert ask("/datasets/trees").json() == ask("/datasets").json()["items"][0]


def test_it_lists_snapshots_newest_first(ask, published, publish_rows):
    second = publish_rows([{"id": 9, "name": "Ash", "planted": "2024-01-01"}])

    items = ask("/datasets/trees/snapshots").json()["items"]

    assert [(s["id"], s["isCurrent"]) for s in items] == [
        (second.snapshot_id, True),
        (published.snapshot_id, False),
    ]
    assert items[1]["tables"] == [{"id": "tree", "rows": 4}]


def test_it_activates_an_earlier_snapshot(
    client, ask, published, publish_rows, make_token
):
    publish_rows([{"id": 9, "name": "Ash", "planted": "2024-01-01"}])
    url = f"{ROOT}/datasets/trees/snapshots/{published.snapshot_id}/activate"

    response = client.post(url, headers=make_token("data:write"))

    assert response.status_code == 200
    assert response.json()["isCurrent"] is True
    rows = client.get("/v1/trees/tree").json()["_embedded"]["tree"]
    assert len(rows) == 4


def test_it_activates_nothing_without_a_token(client, ask, published):
    url = f"{ROOT}/datasets/trees/snapshots/{published.snapshot_id}/activate"

    assert_problem(client.post(url), 401)


def test_it_lists_imports_to_whom_may_write(ask, make_token):
    body = ask("/imports?state=done&dataset=trees", **make_token("data:write")).json()

    assert body["total"] == 1
    record = body["items"][0]
    assert (record["dataset"], record["table"], record["rows"]) == ("trees", "tree", 4)
    assert ask(f"/imports/{record['id']}", **make_token()).json() == record


def test_it_shows_the_faults_of_a_refused_file(ask, publish_rows, make_token):
    with pytest.raises(RefusedError):
        publish_rows([{"id": 1, "name": "Oak", "planted": "someday"}])

    record = ask("/imports?state=refused", **make_token("data:write")).json()["items"][
        0
    ]

    assert record["faultCount"] == 1
    assert record["faults"][0]["value"] == "someday"


@pytest.mark.parametrize("path", ["/imports", "/imports/1"])
def test_it_hides_imports_from_others(ask, path):
    assert_problem(ask(path), 401)


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/datasets/",
        "/datasets/nothing",
        "/datasets/nothing/snapshots",
        "/datasets?page=5",
    ],
)
def test_it_has_nothing_at_other_addresses(ask, path):
    assert_problem(ask(path), 404)


def test_it_has_no_other_snapshots(client, ask, token):
    for place in ("trees/snapshots/999999", "nothing/snapshots/1"):
        response = client.post(f"{ROOT}/datasets/{place}/activate", headers=token)
        assert_problem(response, 404)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("x=1", "x"),
        ("page=0", "page"),
        ("page=1&page=2", "page"),
        ("state=odd", "state"),
    ],
)
def test_it_refuses_other_parameters(ask, make_token, query, name):
    assert_problem(ask(f"/imports?{query}", **make_token()), 400, name=name)


def test_it_names_all_faults_of_a_query_at_once(ask, make_token):
    query = "page=0&pageSize=1000&state=odd&dataset=%20&foo=1"

    problem = assert_problem(ask(f"/imports?{query}", **make_token()), 400)

    names = {fault["name"] for fault in problem["invalid-params"]}
    assert names == {"page", "pageSize", "state", "dataset", "foo"}


def test_it_describes_itself(ask):
    document = ask("/openapi.json").json()

    validate(document)
    assert_nothing_prefilled(document)
    assert yaml.safe_load(ask("/openapi.yaml").content) == document
    assert ask("").json() == document
    assert document["info"]["version"] == ask("/datasets")["API-Version"]
    assert b"swagger" in ask("", accept="text/html").content


def test_it_answers_304_to_whom_has_the_document(ask):
    etag = ask("/openapi.json")["ETag"]

    assert ask("/openapi.json", if_none_match=etag).status_code == 304


def test_it_refuses_what_it_cannot_write(ask):
    assert_problem(ask("/openapi.yaml", accept="image/png"), 406)
