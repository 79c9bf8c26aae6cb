"""/v1, the prefixes of datasets, and the catalogue of APIs."""

import pytest

from shared.testing.assertions import assert_problem

PUBLIC = "http://localhost:8000"


def test_it_lists_the_datasets(get):
    body = get("/v1").json()

    assert list(body["datasets"]) == ["trees"]
    trees = body["datasets"]["trees"]
    assert trees["short_name"] == "Trees"
    assert trees["terms_of_use"]["license"] == "CC0-1.0"
    assert trees["versions"] == [
        {
            "header": "v1",
            "status": "stabiel",
            "api_url": f"{PUBLIC}/v1/trees",
            "doc_url": f"{PUBLIC}/datasets/trees",
        }
    ]


def test_it_sends_a_browser_to_the_pages(get):
    response = get("/v1", accept="text/html")

    assert response.status_code == 302
    assert response["Location"] == f"{PUBLIC}/"


@pytest.mark.parametrize("path", ["/v1?x=1", "/.well-known/api-catalog?x=1"])
def test_it_takes_no_parameters(get, path):
    assert_problem(get(path), 400, name="x")


@pytest.mark.parametrize("path", ["/v1/", "/v1/nothing", "/v1/tree"])
def test_it_has_no_index_of_nothing(get, path):
    assert get(path).status_code == 404


def test_it_catalogues_every_api(get):
    response = get("/.well-known/api-catalog")

    assert response["Content-Type"].startswith("application/linkset+json")
    trees, control = response.json()["linkset"]
    assert trees["anchor"] == f"{PUBLIC}/v1/trees"
    assert trees["service-desc"][0]["href"] == f"{PUBLIC}/v1/trees/openapi.json"
    assert {"service-doc", "service-meta"} <= set(trees)
    assert control["anchor"] == f"{PUBLIC}/control/v1"


def test_it_catalogues_only_addresses_that_answer(get):
    for context in get("/.well-known/api-catalog").json()["linkset"]:
        for relation in ("service-desc", "service-doc", "service-meta"):
            for link in context.get(relation, []):
                path = link["href"].removeprefix(PUBLIC)
                assert get(path, accept=link["type"]).status_code == 200, link


def test_it_refuses_to_write_to_the_catalogue(client, module_published):
    assert_problem(client.post("/.well-known/api-catalog"), 405)
