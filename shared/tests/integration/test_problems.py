"""Every way in which an answer goes wrong, and what a client sees of it."""

import json
import logging

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory

from shared.problems.handlers import handler403
from shared.testing.assertions import assert_problem

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def client():
    """Return a client that sees a 500 as a user does."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("face", ["/raises", "/rest/raises"])
@pytest.mark.parametrize(
    ("kind", "status", "detail"),
    [
        ("denied", 403, "may not do this"),
        ("suspicious", 400, "not valid"),
        ("bad", 400, "The thing is bad."),
        ("missing", 404, "No such thing."),
        ("form", 400, "form cannot be read"),
        ("database", 503, "does not answer"),
        ("slow", 503, "took too long"),
        ("driver", 503, "took too long"),
        ("replica", 503, "reading goes on"),
        ("conflict", 503, "This question was ended"),
        ("busy", 503, "Too much is asked"),
        ("late", 500, "logged under the request id"),
        ("internal", 500, "logged under the request id"),
        ("defect", 500, "logged under the request id"),
    ],
)
def test_it_turns_each_error_into_a_problem(client, face, kind, status, detail):
    response = client.get(f"{face}/{kind}")

    assert_problem(response, status, in_detail=detail)
    assert b"secret" not in response.content
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("kind", "status", "detail"),
    [
        ("anonymous", 401, "token is needed"),
        ("unknown", 401, "token is needed"),
        ("forbidden", 403, "permission"),
        ("absent", 404, "Not found."),
        ("other-type", 415, "a/b"),
        ("no-format", 406, "formats"),
        ("often", 429, "wait"),
    ],
)
def test_it_turns_each_error_of_drf_into_a_problem(client, kind, status, detail):
    assert_problem(client.get(f"/rest/raises/{kind}"), status, in_detail=detail)


def test_it_flattens_the_faults_of_a_serializer(client):
    problem = assert_problem(client.get("/rest/raises/invalid"), 400)

    faults = {fault["name"]: fault["reason"] for fault in problem["invalid-params"]}
    assert faults == {"a.b": "wrong", "body": "both", "c.0.d": "bad"}


def test_it_names_the_body_when_a_fault_has_no_name(client):
    assert_problem(client.get("/rest/raises/unnamed"), 400, name="body")


def test_it_answers_what_django_forbids():
    request = RequestFactory().get("/")

    assert handler403(request, PermissionDenied()).status_code == 403


def test_it_tells_when_to_try_again(client):
    assert client.get("/raises/database").headers["Retry-After"] == "5"


@pytest.mark.parametrize(
    ("kind", "error"), [("defect", ZeroDivisionError), ("late", TimeoutError)]
)
def test_it_logs_a_defect_once_with_its_trace(client, caplog, kind, error):
    client.get(f"/raises/{kind}", headers={"X-Request-ID": "abc"})

    errors = [r for r in caplog.records if r.levelno >= logging.ERROR]
    assert len(errors) == 1
    assert errors[0].exc_info[0] is error


def test_it_says_nothing_of_urls_when_there_is_nothing(client):
    problem = assert_problem(client.get("/nothing/here?a=1"), 404)

    assert problem["detail"] == "There is nothing at this address."
    assert problem["instance"] == "https://kade.example/nothing/here?a=1"


def test_it_refuses_a_trailing_slash_without_a_redirect(client):
    assert_problem(client.get("/plain/things/"), 404)


def test_it_shows_a_page_to_a_browser(client):
    response = client.get("/nothing", headers=BROWSER)

    assert response.status_code == 404
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert b"There is nothing at this address." in response.content
    assert response.headers["Vary"] == "Accept"


def test_it_falls_back_to_json_without_the_template(client, settings):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "APP_DIRS": False}]

    assert_problem(client.get("/nothing", headers=BROWSER), 404)


def test_it_answers_what_accepts_neither_with_a_problem(client):
    assert_problem(client.get("/nothing", headers={"Accept": "text/csv"}), 404)


def test_it_refuses_a_path_with_nul(client):
    assert_problem(client.get("/plain/%00"), 400, name="path")


@pytest.mark.parametrize(
    "query", ["a=%00", "%ff=1", "a=%c3%28", "page=%ed%a0%80", "a=\x00", "a=\xff"]
)
def test_it_refuses_a_query_that_is_no_text(client, query):
    response = client.get("/plain/things", QUERY_STRING=query)

    assert_problem(response, 400, name="query")


def test_it_takes_a_query_that_is_text(client):
    response = client.get("/plain/things?x=%E2%82%AC&y=a+b%26")

    assert response.status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "kade.example:x", "a b", "", "[::"])
def test_it_refuses_another_host(client, host):
    response = client.get("/status/live", headers={"Host": host})

    assert_problem(response, 400, name="Host")


def test_it_answers_to_its_own_hosts(client):
    for host in ("kade.example", "localhost:8000", "127.0.0.1", "[::1]:8000"):
        response = client.get("/status/live", headers={"Host": host})

        assert response.status_code == 200


def test_it_wants_to_know_the_length_of_a_body(client):
    response = client.generic("POST", "/echo", HTTP_TRANSFER_ENCODING="chunked")

    assert_problem(response, 411)


@pytest.mark.parametrize("length", ["99999999999999999999999999", "1001"])
def test_it_refuses_a_body_by_its_length_alone(client, length):
    assert_problem(client.post("/echo", CONTENT_LENGTH=length), 413)


def test_it_takes_a_body_of_the_size_allowed(client):
    response = client.post("/echo", "x" * 1000, content_type="text/plain")

    assert response.content == b"x" * 1000


def test_it_refuses_too_many_parameters(client):
    assert_problem(
        client.get("/plain/things?" + "a=1&" * 2000), 400, in_detail="too many"
    )


@pytest.mark.django_db
def test_it_refuses_a_form_from_elsewhere():
    client = Client(enforce_csrf_checks=True)

    response = client.post("/admin/login/", {"username": "a", "password": "b"})

    assert_problem(response, 403)


def test_it_answers_a_problem_of_valid_json(client):
    response = client.get('/nothing/"<script>\\')

    assert json.loads(response.content)["status"] == 404
