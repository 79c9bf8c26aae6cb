"""The OpenAPI document of a REST API."""

import json
import threading
from unittest.mock import patch

import pytest
import yaml
from drf_spectacular.generators import SchemaGenerator
from openapi_spec_validator import validate

from shared.rest import generating, written_document


@pytest.fixture
def document(client):
    """Return the document of the small project."""
    return client.get("/rest/openapi.json").json()


def test_it_is_valid(document):
    validate(document)


def test_it_says_who_and_where(document):
    assert document["servers"] == [{"url": "https://kade.example/rest"}]
    assert document["info"]["contact"]["email"] == "team@example.org"
    assert sorted(document["paths"]) == ["/things", "/things/{number}"]


def test_it_has_the_problems_of_each_operation(document):
    responses = document["paths"]["/things"]["post"]["responses"]

    assert {"201", "400", "401", "403", "413", "415", "429", "default"} <= set(
        responses
    )
    assert "404" in document["paths"]["/things/{number}"]["get"]["responses"]
    assert list(responses["400"]["content"]) == ["application/problem+json"]


def test_it_has_the_version_header_everywhere(document):
    for path in document["paths"].values():
        for operation in path.values():
            for response in operation["responses"].values():
                assert "API-Version" in response["headers"]


def test_it_describes_the_pages(document):
    operation = document["paths"]["/things"]["get"]
    names = [parameter["name"] for parameter in operation["parameters"]]

    assert names == ["page", "pageSize"]
    assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


@pytest.fixture
def unwritten():
    """Let the document be written anew."""
    generating._write.cache_clear()
    yield
    generating._write.cache_clear()


def test_it_is_written_once(unwritten):
    written_document()

    with patch.object(SchemaGenerator, "get_schema", side_effect=AssertionError):
        as_json, as_yaml = written_document()

    assert json.loads(as_json) == yaml.safe_load(as_yaml)
    assert "/things" in json.loads(as_json)["paths"]


def test_it_is_written_by_one_thread_for_all(unwritten):
    other = threading.Thread(target=written_document)

    def write(*_arguments, **_options):
        other.start()
        other.join(timeout=0.1)
        assert other.is_alive()
        return {}

    with patch.object(SchemaGenerator, "get_schema", side_effect=write) as writing:
        written_document()
        other.join()

    assert writing.call_count == 1


def test_it_explains_where_problems_leave_the_design_rules(document):
    explained = document["x-explained-deviations"]

    assert [each["rule"] for each in explained] == ["nlgov:property-casing"]
