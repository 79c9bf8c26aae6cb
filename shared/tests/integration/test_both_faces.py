"""One set of cases for a plain view and a DRF view: two stacks never grow apart."""

import pytest
from django.db import connection
from django.utils import timezone

from shared.testing.assertions import assert_problem
from shared.tokens.issuing import revoke_token
from shared.tokens.models import ServiceAccount, Token

pytestmark = pytest.mark.django_db

THING = {"number": 1, "name": "a"}


@pytest.fixture(params=["plain", "rest"])
def things(request):
    """Return the address of the things on one of the faces."""
    return f"/{request.param}/things"


def write(client, things, headers=None, body=None):
    """Post a thing."""
    return client.post(
        things,
        body if body is not None else THING,
        content_type="application/json",
        headers=headers or {},
    )


def test_it_lets_anybody_read(client, things):
    response = client.get(things)

    assert response.status_code == 200
    assert response.json()["total"] == 45
    assert len(response.json()["items"]) == 20


def test_it_pages(client, things):
    response = client.get(things, {"page": 3, "pageSize": 20})

    assert response.json()["items"][0]["number"] == 41
    assert 'page=2>; rel="prev"' in response.headers["Link"]
    assert 'rel="next"' not in response.headers["Link"]


def test_it_refuses_a_bad_page_with_all_faults(client, things):
    response = client.get(things, {"page": "x", "pageSize": 1000})

    problem = assert_problem(response, 400, name="pageSize")
    assert len(problem["invalid-params"]) == 2


def test_it_finds_no_page_past_the_end(client, things):
    assert_problem(client.get(things, {"page": 4}), 404, in_detail="last is 3")


def test_it_writes_with_a_token(client, things, token):
    assert write(client, things, token).status_code == 201


def test_it_asks_for_a_token(client, things):
    response = write(client, things)

    assert_problem(response, 401)
    assert response.headers["WWW-Authenticate"] == (
        'Bearer realm="kade", scope="data:write"'
    )


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer x",
        "Bearer kade_",
        "Bearer kade_abcdefghijkl_wrong",
        "Bearer kade_\x01_x",
        "Bearer kade_" + "a" * 5000,
        "Bearer kadé_a_b",
        "Basic dXNlcjpwYXNz",
        "nonsense",
    ],
)
def test_it_refuses_what_is_no_valid_token(client, things, header):
    response = write(client, things, {"Authorization": header})

    assert_problem(response, 401)
    assert response.headers["WWW-Authenticate"].startswith("Bearer ")


def test_it_refuses_a_wrong_secret_of_a_known_token(client, things, token):
    wrong = token["Authorization"][:-1] + "!"

    assert_problem(write(client, things, {"Authorization": wrong}), 401)


def test_it_refuses_a_token_without_the_scope(client, things, make_token):
    response = write(client, things, make_token("data:other"))

    assert_problem(response, 403, in_detail="data:write")
    assert 'error="insufficient_scope"' in response.headers["WWW-Authenticate"]


def test_it_refuses_a_revoked_token(client, things, token):
    revoke_token(Token.objects.get().id)

    assert_problem(write(client, things, token), 401)


def test_it_refuses_an_expired_token(client, things, token):
    Token.objects.update(expires_at=timezone.now())

    assert_problem(write(client, things, token), 401)


def test_it_refuses_the_token_of_a_disabled_account(client, things, token):
    ServiceAccount.objects.update(disabled_at=timezone.now())

    assert_problem(write(client, things, token), 401)


def test_it_notes_the_use_of_a_token_by_the_hour(client, things, token):
    write(client, things, token)
    first = Token.objects.get().last_used_at
    write(client, things, token)

    assert first is not None
    assert Token.objects.get().last_used_at == first


def test_it_limits_writes(client, things, token):
    answers = [write(client, things, token).status_code for _ in range(3)]

    refused = write(client, things, token)

    assert answers == [201, 201, 201]
    assert_problem(refused, 429, in_detail="At most 3 a minute")
    assert 1 <= int(refused.headers["Retry-After"]) <= 20


def test_it_limits_searches_by_address(client, things):
    statuses = [client.get(things, {"q": "a"}).status_code for _ in range(3)]

    other = client.get(things, {"q": "a"}, REMOTE_ADDR="10.0.0.9")

    assert statuses == [200, 200, 429]
    assert other.status_code == 200
    assert client.get(things).status_code == 200


def test_it_keeps_no_address(client, things):
    client.get(things, {"q": "a"}, REMOTE_ADDR="10.0.0.9")

    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM request_limit")
        assert [len(key) for (key,) in cursor.fetchall()] == [32]


@pytest.mark.parametrize(
    "accept", ["application/json", "*/*", "", "junk", "text/*, */*"]
)
def test_it_negotiates(client, things, accept):
    response = client.get(things, headers={"Accept": accept})

    assert response.headers["Content-Type"] == "application/json"


def test_it_offers_nothing_else(client, things):
    response = client.get(things, headers={"Accept": "text/csv"})

    assert_problem(response, 406)


def test_it_refuses_a_method_with_what_is_allowed(client, things):
    response = client.delete(things, headers={"Accept": "application/json"})

    assert response.status_code == 405
    assert_problem(response, 405)
    assert {"GET", "POST"} <= set(response.headers["Allow"].split(", "))


def test_it_refuses_an_unknown_method(client, things):
    assert_problem(client.generic("FROB", things), 405)


@pytest.mark.parametrize(
    "body", ["{", "", "[" * 900, '{"number": NaN}', b"\xff", '"\\ud800"', "1" * 900]
)
def test_it_refuses_a_body_that_is_no_thing(client, things, token, body):
    assert_problem(write(client, things, token, body), 400)


@pytest.mark.parametrize("body", ["[" * 100_000, '{"number":' * 100_000])
def test_it_refuses_a_body_nested_without_end(client, settings, things, token, body):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000

    assert_problem(write(client, things, token, body), 400)


def test_it_names_every_wrong_member(client, things, token):
    body = {"number": 0, "name": "a\x00b"}

    problem = assert_problem(write(client, things, token, body), 400, name="name")

    assert [fault["in"] for fault in problem["invalid-params"]] == ["body", "body"]
    assert problem["invalid-params"][0]["name"] == "number"


def test_it_refuses_a_body_that_is_too_large(client, things, token):
    body = {"number": 1, "name": "x" * 2000}

    assert_problem(write(client, things, token, body), 413, in_detail="1000 bytes")


def test_it_says_what_is_not_there(client, things):
    problem = assert_problem(client.get(f"{things}/99"), 404, in_detail="no thing 99")

    assert problem["instance"] == f"https://kade.example{things}/99"


def test_it_answers_head_without_a_body(client, things):
    response = client.head(things)

    assert response.status_code == 200
    assert response.content == b""
    assert int(response.headers["Content-Length"]) > 100


def test_it_lets_nobody_write_where_a_view_names_no_scope(client, token):
    response = client.put(
        "/rest/things/1", THING, content_type="application/json", headers=token
    )

    assert_problem(response, 403)


def test_it_takes_an_empty_collection_for_one_page(client, monkeypatch):
    monkeypatch.setattr("project.views.THINGS", [])

    assert client.get("/rest/things").json()["items"] == []
