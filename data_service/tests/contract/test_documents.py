"""The OpenAPI documents: valid, true, and the same in both notations."""

import re
from urllib.parse import quote

import pytest
import yaml
from openapi_spec_validator import validate

from shared.testing.assertions import assert_nothing_prefilled, assert_problem

ROOT = "/v1/trees"
# What each format of a value may be, in a document that walks itself.
EXAMPLES = {"date": "2020-02-29", "date-time": "2020-02-29T12:00:00Z"}
SAID = re.compile(r"Such as `(.+)`\.")


@pytest.fixture
def document(get):
    return get(f"{ROOT}/openapi.json").json()


def test_it_is_valid(document):
    validate(document)

    assert document["openapi"] == "3.0.3"
    assert document["servers"] == [{"url": "http://localhost:8000/v1/trees"}]


def test_it_is_the_same_as_yaml(get, document):
    response = get(f"{ROOT}/openapi.yaml")

    assert response["Content-Type"] == "application/yaml"
    assert yaml.safe_load(response.content) == document


def test_it_stands_at_the_root_of_the_dataset(get, document):
    response = get(ROOT)

    assert response["Content-Type"].startswith("application/vnd.oai.openapi+json")
    assert response.json() == document


def test_it_is_a_page_for_a_browser(get):
    response = get(ROOT, accept="text/html,*/*;q=0.8")

    assert response["Content-Type"].startswith("text/html")
    assert b"/v1/trees/openapi.json" in response.content


def test_it_tells_whom_to_ask(document, settings):
    assert document["info"]["contact"] == {
        "name": settings.CONTACT_NAME,
        "url": settings.CONTACT_URL,
        "email": settings.CONTACT_EMAIL,
    }
    assert document["info"]["version"] == "1.0.0"
    assert document["info"]["license"] == {"name": "CC0-1.0"}


def test_it_names_each_operation_once(document):
    names = [item["get"]["operationId"] for item in document["paths"].values()]

    assert sorted(names) == [
        *("getTree", "listTree"),
        *("showDownload", "showDownloads", "showOpenapiJson", "showOpenapiYaml"),
    ]


def test_it_tells_the_version_in_every_answer(document):
    for item in document["paths"].values():
        responses = item["get"]["responses"]
        assert "API-Version" in responses["200"]["headers"]
        assert responses["400"] == {"$ref": "#/components/responses/BadRequest"}


def test_it_describes_units_and_nulls(document):
    fields = document["components"]["schemas"]["tree"]["properties"]

    assert fields["height"]["x-unit"] == "m"
    assert fields["height"]["nullable"] is True
    assert "nullable" not in fields["planted"]
    assert list(fields)[:3] == ["_links", "id", "name"]


def test_it_is_true_for_every_parameter(get, document):
    """Each parameter of a list is accepted with a value that fits its schema."""
    parameters = document["paths"]["/tree"]["get"]["parameters"]

    for parameter in (p for p in parameters if p["in"] == "query"):
        value = value_of(parameter)
        response = get(f"{ROOT}/tree?{parameter['name']}={value}")
        assert response.status_code == 200, (parameter["name"], value)
        response.close()
    assert len(parameters) > 40


def test_it_sends_no_filter_that_nobody_filled_in(document):
    assert_nothing_prefilled(document)


def test_it_is_true_for_every_path(get, document):
    for path in {*document["paths"]} - {"/_downloads/{file}"}:  # made by a job
        response = get(ROOT + path.replace("{id}", "1"))
        assert response.status_code == 200, path


def test_it_is_true_for_every_format(get, document):
    for path in ("/tree", "/tree/{id}"):
        content = document["paths"][path]["get"]["responses"]["200"]["content"]
        for media_type in content:
            url = ROOT + path.replace("{id}", "1")
            response = get(url, accept=media_type)
            assert response["Content-Type"].partition(";")[0] == media_type
            response.close()


def test_it_lists_every_parameter_that_is_taken(get, document):
    for path in ("/tree", "/tree/1"):
        response = get(f"{ROOT}{path}?x=1")
        assert_problem(response, 400, name="x")


def test_it_takes_no_parameters_itself(get):
    assert_problem(get(f"{ROOT}/openapi.json?x=1"), 400, name="x")


def value_of(parameter):
    said = SAID.search(parameter["description"])
    return quote(said[1]) if said else example_of(parameter["schema"])


def example_of(schema):
    if "enum" in schema:
        return str(schema["enum"][0])
    for choice in ("anyOf", "oneOf"):
        if choice in schema:
            return example_of(schema[choice][0])
    if "items" in schema:
        return example_of(schema["items"])
    if schema.get("type") in {"integer", "number"}:
        return "1"
    if schema.get("type") == "boolean":
        return "true"
    if schema.get("format") == "time-local":
        return "12:30:00"
    return EXAMPLES.get(schema.get("format"), "text")
