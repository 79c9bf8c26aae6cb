"""Fields may be named as anything, also as what our own statements and URLs use."""

import json

import pytest

from data_service.importing.publishing import Publication, publish

NAMES = ("id", "x", "y", "r", "t", "k", "f", "page", "row", "type", "format", "count")


@pytest.fixture
def odd(clean_rows, tmp_path):
    """Publish a row whose fields have these names."""
    path = tmp_path / "odd.csv"
    values = [str(1000 * number) for number in range(1, len(NAMES) + 1)]
    path.write_text(f"{','.join(NAMES)}\n{','.join(values)}\n", encoding="utf-8")
    return publish(Publication(path=path))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "address", ["/v1/odd/odd/1000", "/v1/odd/odd/1000?_fields=id,x,page"]
)
def test_it_serves_fields_of_any_name(odd, client, address):
    row = client.get(address).json()

    assert (row["id"], row["x"], row["page"]) == (1000, 2000, 8000)


@pytest.mark.django_db(transaction=True)
def test_it_lists_and_filters_them(odd, client):
    page = client.get("/v1/odd/odd?x=2000&page[in]=8000").json()

    assert [row["id"] for row in page["_embedded"]["odd"]] == [1000]


@pytest.mark.django_db(transaction=True)
def test_it_documents_each_parameter_once(odd, client):
    document = json.loads(client.get("/v1/odd/openapi.json").content)

    for operations in document["paths"].values():
        for operation in operations.values():
            names = [
                (p.get("in"), p.get("name"), p.get("$ref"))
                for p in operation.get("parameters", [])
            ]
            assert len(names) == len(set(names))
