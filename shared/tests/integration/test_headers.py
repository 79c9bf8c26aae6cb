"""The headers that every response carries."""

import pytest

from shared.middleware.response_headers import SecurityHeadersMiddleware, policy


@pytest.fixture(params=["/status/live", "/nothing", "/static/shared/kade.css"])
def response(client, request):
    """Give a success, a fault and a file, which is open until it is read."""
    response = client.get(request.param)
    response.getvalue()
    return response


def test_it_sends_the_security_headers(response):
    headers = response.headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Strict-Transport-Security"] == "max-age=63072000"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_it_states_version_and_length_and_lets_anybody_read(response):
    assert response.headers["API-Version"] == "1.2.3"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in response.headers["Access-Control-Expose-Headers"]
    assert response.headers["Content-Length"].isdigit()


def test_it_asks_for_tls_only_where_there_is_tls(settings):
    settings.PUBLIC_URL = "http://localhost:8000"

    assert (
        "Strict-Transport-Security"
        not in SecurityHeadersMiddleware(lambda _: None)._headers
    )


def test_it_extends_the_policy_of_a_page(client):
    response = client.get("/framed")

    policy = response.headers["Content-Security-Policy"]
    assert "connect-src 'self' https://api.example" in policy


@pytest.mark.parametrize("source", ["a; script-src *", "a b", "a\r\nX: y", "a,b", "é"])
def test_it_refuses_a_source_that_could_end_the_directive(source):
    with pytest.raises(ValueError, match="not a source"):
        policy({"connect-src": [source]})


@pytest.mark.parametrize("path", ["/plain/things", "/rest/things", "/nothing"])
def test_it_answers_a_preflight(client, path):
    response = client.options(path, headers={"Access-Control-Request-Method": "GET"})

    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert response.headers["Access-Control-Allow-Headers"] == "*, Authorization"
    assert "Access-Control-Allow-Credentials" not in response.headers


def test_it_passes_on_other_options(client):
    assert client.options("/plain/things").status_code == 405


def test_it_takes_over_a_request_id(client):
    response = client.get("/status/live", headers={"X-Request-ID": "a-b_1"})

    assert response.headers["X-Request-ID"] == "a-b_1"


@pytest.mark.parametrize("given", ["", "a b", "é", "a" * 65, "--", "*/ drop", "a'b"])
def test_it_makes_a_request_id_of_its_own(client, given):
    response = client.get("/status/live", headers={"X-Request-ID": given})

    assert len(response.headers["X-Request-ID"]) == 32


def test_it_states_no_length_of_a_body_that_it_spares(client):
    first = client.get("/.well-known/api-catalog")
    again = client.get(
        "/.well-known/api-catalog", headers={"If-None-Match": first.headers["ETag"]}
    )

    assert again.status_code == 304
    assert "Content-Length" not in again.headers


def test_it_serves_the_catalogue_of_its_apis(client):
    response = client.get("/.well-known/api-catalog")

    assert response.headers["Content-Type"].startswith("application/linkset+json")
    assert 'rel="item"' in client.head("/.well-known/api-catalog").headers["Link"]
