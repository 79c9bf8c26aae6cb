"""What HTTP asks of every address: methods, formats, entity tags, headers."""

import pytest
from django.core.wsgi import get_wsgi_application
from psycopg.errors import UndefinedTable

from data_service.api import views
from data_service.querying.snapshots import SnapshotGoneError
from shared.testing.assertions import assert_problem

URL = "/v1/trees/tree"
PATHS = ["/v1", "/v1/trees", URL, f"{URL}/1", "/v1/trees/openapi.yaml"]


@pytest.mark.parametrize("path", [*PATHS, f"{URL}?_format=csv"])
def test_it_answers_304_to_whom_has_the_answer(get, path):
    etag = get(path)["ETag"]

    response = get(path, if_none_match=f'"other", {etag}')

    assert response.status_code == 304
    assert response.content == b""
    assert response["ETag"] == etag
    assert {"Vary", "Cache-Control", "API-Version"} <= set(response.headers)


@pytest.mark.parametrize("path", [*PATHS, f"{URL}?_format=csv"])
def test_it_answers_304_to_whom_has_any_answer(get, path):
    assert get(path, if_none_match="*").status_code == 304


def test_it_answers_404_to_whom_has_any_answer_where_there_is_none(get):
    assert get(f"{URL}/999", if_none_match="*").status_code == 404


def test_it_answers_200_to_whom_has_another_answer(get):
    etag = get(f"{URL}?page=1")["ETag"]

    assert get(URL, if_none_match=etag).status_code == 200
    assert not etag.startswith("W/")


@pytest.mark.parametrize("path", PATHS)
def test_it_answers_head_as_get(client, module_published, path):
    head, answer = client.head(path), client.get(path)

    assert head.status_code == 200
    assert head["ETag"] == answer["ETag"]
    assert head["Content-Type"] == answer["Content-Type"]


@pytest.mark.parametrize("coding", ["identity", "gzip", "zstd"])
def test_it_answers_head_of_an_export_without_running_it(module_published, rf, coding):
    # Not by the client, which takes the body of any HEAD away.
    path = f"{URL}?_format=csv"
    request = rf.head(path, headers={"accept-encoding": coding}, RAW_URI=path)
    response = get_wsgi_application().get_response(request)

    assert response.status_code == 200
    assert not response.getvalue()
    assert "Content-Length" not in response
    assert response["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize("path", PATHS)
def test_it_tells_what_is_possible(client, module_published, path):
    response = client.options(path)

    assert response.status_code == 204
    assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", PATHS)
def test_it_refuses_to_write(client, module_published, method, path):
    response = getattr(client, method)(path)

    assert_problem(response, 405)
    assert response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", PATHS)
def test_it_lets_other_origins_read(get, path):
    response = get(path, origin="https://example.org")

    assert response["Access-Control-Allow-Origin"] == "*"


def test_it_answers_a_preflight(client, module_published):
    headers = {
        "origin": "https://example.org",
        "access-control-request-method": "GET",
        "access-control-request-headers": "accept-crs,dso-birth-date|gte,if-range",
    }

    response = client.options(URL, headers=headers)

    assert response.status_code == 204
    assert "GET" in response["Access-Control-Allow-Methods"]
    assert "*" in response["Access-Control-Allow-Headers"].split(", ")


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "application/hal+json"),
        ("*/*", "application/hal+json"),
        ("application/json", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/geo+json, */*;q=0.1", "application/geo+json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/hal+json"),
    ],
)
def test_it_gives_the_format_that_is_accepted(get, accept, media_type):
    response = get(URL, accept=accept)

    assert response["Content-Type"] == media_type
    assert response["Vary"] == "Accept, Accept-Encoding, Accept-Crs"


def test_it_lets_the_parameter_go_before_the_header(get):
    response = get(f"{URL}?_format=geojson", accept="text/csv")

    assert response["Content-Type"] == "application/geo+json"


@pytest.mark.parametrize("path", PATHS)
def test_it_refuses_what_it_cannot_write(get, path):
    assert_problem(get(path, accept="image/png"), 406)


@pytest.mark.parametrize("path", [URL, f"{URL}/1", "/v1/trees", f"{URL}/999"])
def test_it_tells_the_release_of_the_dataset(get, path):
    assert get(path)["API-Version"] == "1.0.0"


@pytest.mark.parametrize(
    ("query", "crs"),
    [("", "EPSG/0/28992"), ("?_format=geojson", "OGC/1.3/CRS84")],
)
def test_it_tells_the_reference_system(get, query, crs):
    response = get(f"{URL}/1{query}")

    assert response["Content-Crs"] == f"<http://www.opengis.net/def/crs/{crs}>"


def test_it_lets_answers_be_kept_but_asked_for_again(get):
    assert get(URL)["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize("failure", [SnapshotGoneError(1), UndefinedTable()])
def test_it_asks_again_when_a_snapshot_was_dropped_meanwhile(get, monkeypatch, failure):
    show, failures = views._show, [failure]

    def fail_once(request, spot):
        if failures:
            raise failures.pop()
        return show(request, spot)

    monkeypatch.setattr(views, "_show", fail_once)

    assert get(URL).status_code == 200
    assert not failures


@pytest.mark.parametrize("failure", [SnapshotGoneError(1), UndefinedTable()])
def test_it_is_unavailable_when_the_rows_stay_away(get, monkeypatch, failure):
    def fail(*_):
        raise failure

    monkeypatch.setattr(views, "show_rows", fail)

    response = get("/v1/trees/tree")

    assert_problem(response, 503)
    assert response["Retry-After"] == "1"
