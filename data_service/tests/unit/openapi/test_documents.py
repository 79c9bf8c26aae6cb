"""The document of a dataset, from its schema alone."""

import pytest
from openapi_spec_validator import validate

from data_service.openapi.documents import describe
from data_service.querying.operators import operators_of
from data_service.querying.reserved import RESERVED
from data_service.schemas.tables import Dataset, Field, Table
from data_service.schemas.types import FIELD_TYPES

EVERYTHING = Table(
    "thing",
    (
        Field("code", "string", required=True),
        *(
            Field(f"field{number}", name, crs="CRS84")
            for number, name in enumerate(FIELD_TYPES)
        ),
    ),
    identifier=("code",),
)
PLAIN = Table("plainThing", (Field("id", "integer"),), title="Plain things")
URL = "https://example.org/v1/things"
OF_NO_TABLE = {"Problem", "Downloads", "Link", "Page", "Point"}


@pytest.fixture
def document():
    return describe(Dataset("things", (EVERYTHING, PLAIN), path="things"), URL)


def test_it_is_valid_for_every_type(document):
    validate(document)


def test_it_has_every_parameter_once(document):
    parameters = document["paths"]["/thing"]["get"]["parameters"]

    names = [p["name"] for p in parameters if p["in"] == "query"]
    documented = [r for r in RESERVED if r.is_documented]
    filters = sum(len(operators_of(field)) for field in EVERYTHING.fields)
    assert len(set(names)) == len(names) == len(documented) + filters


@pytest.mark.parametrize("name", ["download", "downloads", "openapiJson"])
def test_it_calls_no_operation_of_a_table_as_one_of_its_own(name):
    table = Table(name, (Field("id", "integer"),))

    validate(describe(Dataset("things", (table,), path="things"), URL))


@pytest.mark.parametrize(
    ("ids", "moved"),
    [
        (("x", "xCollection"), {"x_Collection"}),
        (("xFeature", "x"), {"x_Feature", "x_FeatureCollection"}),
        (("x", "xFeatureCollection"), {"x_FeatureCollection"}),
        (("x", "xF", "xCollections", "page", "problem"), set()),
    ],
)
def test_it_gives_no_two_schemas_one_name(ids, moved):
    fields = (Field("id", "integer"), Field("place", "Point", crs="CRS84"))
    tables = tuple(Table(name, fields, title=f"Title of {name}") for name in ids)

    document = describe(Dataset("things", tables), URL)

    validate(document)
    schemas = document["components"]["schemas"]
    assert {name for name in schemas if "_" in name} == moved
    assert len(schemas) == 4 * len(ids) + len(OF_NO_TABLE)
    for name in ids:
        assert schemas[name]["title"] == f"Title of {name}"


def test_it_refers_to_the_schema_that_has_another_name():
    plain = (Field("id", "integer"),)
    tables = (Table("x", plain), Table("xCollection", plain))

    document = describe(Dataset("things", tables), URL)

    answer = document["paths"]["/x"]["get"]["responses"]["200"]["content"]
    page = answer["application/hal+json"]["schema"]
    assert page == {"$ref": "#/components/schemas/x_Collection"}
    schema = document["components"]["schemas"]["x_Collection"]
    assert schema["properties"]["_embedded"]["required"] == ["x"]


def test_it_calls_the_identifier_by_its_name(document):
    assert "/thing/{code}" in document["paths"]
    assert "/plainThing/{id}" in document["paths"]


def test_it_tells_of_cursors_and_of_filters_in_headers(document):
    told = document["paths"]["/plainThing"]["get"]["description"]

    assert "`_cursor`: A place in the rows" in told
    assert "`DSO-id|in: …` is `id[in]=…`" in told


def test_it_names_the_alias_of_a_parameter_but_for_a_field_of_that_name():
    table = Table("thing", (Field("id", "integer"), Field("fields", "string")))

    document = describe(Dataset("things", (table,), path="things"), URL)

    parameters = document["paths"]["/thing"]["get"]["parameters"]
    told = {p["name"]: p["description"] for p in parameters}
    assert told["_pageSize"].endswith("Its alias is page_size.")
    assert "alias" not in told["_fields"]


def test_it_says_which_lists_have_commas(document):
    parameters = document["paths"]["/plainThing"]["get"]["parameters"]

    lists = {p["name"] for p in parameters if p.get("explode") is False}
    assert lists == {"_sort", "_fields", "id[in]"}


def test_it_offers_geojson_where_there_is_a_geometry(document):
    def formats(path):
        return set(document["paths"][path]["get"]["responses"]["200"]["content"])

    assert formats("/thing") - formats("/plainThing") == {"application/geo+json"}


def test_it_follows_the_rules_for_the_design_of_apis(document):
    assert document["servers"][0]["url"] == URL
    assert set(document["info"]["contact"]) == {"name", "url", "email"}
    problem = document["components"]["schemas"]["Problem"]
    assert {"status", "title", "detail"} <= set(problem["properties"])
    for item in document["paths"].values():
        responses = item["get"]["responses"]
        assert {"200", "304", "400", "404", "406", "503"} <= set(responses)
        assert "API-Version" in responses["200"]["headers"]


def test_it_explains_where_it_leaves_the_design_rules(document):
    explained = document["x-explained-deviations"]

    assert "nlgov:query-keys-camel-case" in [each["rule"] for each in explained]
    assert all(each["reason"] for each in explained)
