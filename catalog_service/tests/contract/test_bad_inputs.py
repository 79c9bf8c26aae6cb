"""The bad inputs of every service that reads what strangers write, one after another.

Addresses, redirects, slow and lying servers have their own tests where they are
fetched (shared/tests/integration/test_fetching.py); here is what a client sees.
"""

from __future__ import annotations

import gzip
import json
import time
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from providers import FINE, Provider, openapi

from catalog_service.models import Api
from shared.testing.assertions import assert_problem

pytestmark = pytest.mark.django_db

JSON, YAML = "application/json", "application/yaml"
HEAD = "openapi: 3.0.0\ninfo: {title: A, version: '1'}\npaths: {}\n"
LAUGHS = HEAD + "x-a: &a [1,1,1,1,1,1,1,1,1,1]\n" + "\n".join(
    f"x-{b}: &{b} [{','.join([f'*{a}'] * 10)}]"
    for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)  # fmt: skip
ADDRESS = "address not allowed: the host has no public address"


@pytest.fixture(autouse=True)
def _no_limits(settings: Any) -> None:
    settings.WRITES_PER_MINUTE = settings.SEARCHES_PER_MINUTE = 0


@pytest.fixture
def push(client: Client, token: dict[str, str]) -> Callable[..., Any]:
    """Push a body."""

    def send(body: Any, media_type: str = JSON, **headers: str) -> Any:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return client.post("/v1/apis", raw, media_type, headers={**token, **headers})

    return send


# 1, 2
@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "[::1]", "0.0.0.0", "127.1", "2130706433",  # noqa: S104
        "0x7f000001", "0177.0.0.1", "169.254.169.254", "[fd00:ec2::254]",
        "100.100.100.200", "10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1",
        "[fe80::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[::ffff:127.0.0.1]",
    ],
)  # fmt: skip
def test_it_reads_nothing_inside(push: Callable[..., Any], host: str) -> None:
    problem = assert_problem(push({"url": f"http://{host}/openapi.json"}), 422)

    assert problem["detail"] == ADDRESS


# 5
@pytest.mark.parametrize(
    "target", ["http://[::1]/", "file:///etc/passwd", "gopher://a.example/", "/loop"]
)
def test_it_checks_every_hop(
    push: Callable[..., Any], provider: Provider, target: str
) -> None:
    provider.fail("/loop", 302, Location=target)

    problem = assert_problem(push({"url": f"{provider.origin}/loop"}), 422)

    assert "root:" not in json.dumps(problem)
    assert provider.paths_asked().count("/loop") <= 4


# 6, 7
@pytest.mark.parametrize(
    "url",
    [
        "http://a:b@host.example/", "http://good@evil.example",
        "http://h.example/\r\nX: y",
        "http://h.example:22/", "http://h.example:6379/", "http://①②⑦.example/",
        "http://h.example/" + "a" * 2_100, "ftp://h.example/", "file:///etc/passwd",
        "data:text/plain,x", "javascript:1", "gopher://h.example/", "",
    ],
)  # fmt: skip
def test_it_names_what_is_wrong_with_a_url(push: Callable[..., Any], url: str) -> None:
    assert_problem(push({"url": url}), 400, name="url")


# 8
def test_it_cuts_what_is_too_large(
    push: Callable[..., Any], provider: Provider
) -> None:
    url = provider.serve("/large", b"{" + b" " * 11_000_000 + b"}")

    assert_problem(push({"url": url}), 422, in_detail="bytes")
    assert_problem(push(b"{" + b" " * 11_000_000 + b"}"), 413)


# 10
def test_it_unpacks_no_bomb(push: Callable[..., Any], provider: Provider) -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    nested = gzip.compress(gzip.compress(HEAD.encode()))
    url = provider.serve("/bomb", bomb, **{"Content-Encoding": "gzip"})
    packed = {"Content-Encoding": "gzip"}

    assert_problem(push({"url": url}), 422)
    assert_problem(push(bomb, YAML, **packed), 413)
    assert_problem(push(nested, YAML, **packed), 400)
    deflated = zlib.compress(HEAD.encode())
    assert_problem(push(deflated, YAML, **{"Content-Encoding": "deflate"}), 415)


# 11, 12, 13, 14, 19, 20, 21
REFUSED = {
    "laughs": (LAUGHS.encode(), 422, "more than"),
    "a million aliases": (
        (HEAD + "x-a: &a 1\nx-b: [" + "*a," * 200_000 + "]").encode(),
        422,
        "aliases",
    ),
    "merge bomb": (
        (HEAD + "x-a: &a {a: 1}\nx-b: &b {<<: [" + "*a," * 20_000 + "]}").encode(),
        422,
        "aliases",
    ),
    "anchor within itself": ((HEAD + "x-a: &a [*a]").encode(), 422, "within what"),
    "nested JSON": (b"[" * 200_000, 422, "nested"),
    "nested objects": (b'{"a":' * 200_000, 422, "nested"),
    "nested YAML": ((HEAD + "x-a: " + "[" * 200_000).encode(), 422, "nested"),
    "nested blocks": (
        "\n".join("  " * n + "a:" for n in range(1_000)).encode(),
        422,
        "nested",
    ),
    "a tag that runs": (
        (HEAD + "x-a: !!python/object/apply:os.system ['id']").encode(),
        400,
        "tag",
    ),
    "a tag of its own": ((HEAD + "x-a: !mine 1").encode(), 400, "tag"),
    "two documents": ((HEAD + "---\na: 1").encode(), 400, "second YAML document"),
    "two paths in JSON": (
        b'{"openapi": "3.0.0",\n"paths": {},\n"paths": {}}',
        422,
        "lines 2 and 3",
    ),
    "two gets in YAML": (
        b"openapi: 3.0.0\npaths:\n  /a:\n    get: {}\n    get: {}\n",
        422,
        "lines 4 and 5",
    ),
    "invalid UTF-8": (b"openapi: '\xff'", 400, "not utf-8"),
    "UTF-16 without mark": ('{"openapi": "3.0.0"}'.encode("utf-16-le"), 400, "NUL"),
    "latin-1": ("openapi: 'é'".encode("latin-1"), 400, "0xe9"),
    "half a pair": (b'{"openapi": "3.0.0", "info": "\\ud800"}', 422, "U+D800"),
    "NUL in a string": (b'{"openapi": "3.0.0", "info": "\\u0000"}', 422, "U+0000"),
    "NUL in a key": (b'{"openapi": "3.0.0", "\\u0000": 1}', 422, "U+0000"),
    "NaN": (b'{"openapi": "3.0.0", "x": NaN}', 422, "NaN"),
    "infinite": (b'{"openapi": "3.0.0", "x": 1e400}', 422, "not finite"),
    "5000 digits": (b'{"openapi": "3.0.0", "x": ' + b"9" * 5_000 + b"}", 422, "digits"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_refuses_at_once_and_lives_case_13(
    client: Client, push: Callable[..., Any], name: str
) -> None:
    raw, status, detail = REFUSED[name]
    started = time.monotonic()

    response = push(raw, JSON if raw[:1] in b"{[" else YAML)

    assert_problem(response, status, in_detail=detail)
    assert time.monotonic() - started < 5
    assert client.get("/status/health").status_code == 200
    assert Api.objects.count() == 0


# 13, 19, 21
@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (b"\xef\xbb\xbf" + HEAD.encode(), "info"),
        (b"%YAML 1.1\n---\n" + HEAD.encode(), "info"),
        (HEAD.encode("utf-16"), "info"),
        ((HEAD + "no: 1\non: 2").encode(), "no"),
        ((HEAD + "x-a: '\U0001f309'").encode(), "x-a"),
        ((HEAD + "x-a: {200: 1}\nx-b: -0").encode(), "x-b"),
    ],
)
def test_it_admits_what_is_merely_odd(
    client: Client, push: Callable[..., Any], raw: bytes, key: str
) -> None:
    body = push(raw, YAML).json()

    place = f"/v1/apis/{body['id']}/versions/1/openapi"
    assert key in client.get(f"{place}.json").json()
    assert client.get(f"{place}.yaml").content == raw


def test_it_reports_versions_that_are_numbers(push: Callable[..., Any]) -> None:
    raw = b"openapi: 3.1\ninfo: {title: A, version: 1.0}\npaths: {}\n"

    body = push(raw, YAML).json()

    found = {(f["pointer"], f["line"]) for f in body["findings"]}
    assert (body["oasVersion"], body["version"]) == ("3.1", "1.0")
    assert found >= {("/openapi", 1), ("/info/version", 2)}


# 15
def test_it_tells_circles_from_recursion(push: Callable[..., Any]) -> None:
    schemas = {
        "Node": {"properties": {"next": {"$ref": "#/components/schemas/Node"}}},
        "A": {"$ref": "#/components/schemas/B"},
        "B": {"$ref": "#/components/schemas/A"},
        "Odd": {"$ref": 5},
        "Escaped": {"$ref": "#/paths/~1x~1%7Bid%7D"},
    }
    chain = {f"C{n}": {"$ref": f"#/components/schemas/C{n + 1}"} for n in range(5_000)}
    document = openapi(components={"schemas": {**schemas, **chain, "C5000": {}}})
    document["paths"]["/x/{id}"] = {}

    body = push(document).json()

    found = {f["pointer"].rpartition("/")[2]: f["message"] for f in body["findings"]}
    assert found["A"] == found["B"] == "the reference leads back to itself"
    assert "Node" not in found
    assert "Escaped" not in found
    assert "C0" not in found


# 16
@pytest.mark.parametrize(
    "reference",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/x",
        "//h/x",
        "../../secret.yaml",
        "a.yaml",
    ],
)
def test_it_follows_no_reference_out_case_12(
    client: Client, push: Callable[..., Any], reference: str
) -> None:
    document = openapi(components={"schemas": {"A": {"$ref": reference}}})

    response = push(document)

    body = response.json()
    assert response.status_code == 201
    assert "external reference not followed" in [f["message"] for f in body["findings"]]
    for path in (f"/v1/apis/{body['id']}", f"/apis/{body['slug']}"):
        assert b"root:" not in client.get(path).content


# 17, 18
def test_it_shows_no_markup_of_others(client: Client, push: Callable[..., Any]) -> None:
    script = "<script>alert(1)</script>"
    info = {"title": script, "version": script, "description": script}
    body = push(openapi(info=info, tags=[{"name": script}])).json()

    for path in (f"/apis/{body['slug']}", "/?q=alert", "/operations", "/v1/feed.atom"):
        assert script.encode() not in client.get(path).content
    swagger = client.get(f"/apis/{body['slug']}/swagger?url=http://evil.example")
    assert b"evil.example" not in swagger.content


# 19
def test_it_writes_out_what_turns_text(push: Callable[..., Any]) -> None:
    assert push(openapi("a\u202eb")).json()["title"] == "a\\u202eb"


# 22
def test_it_bears_very_much(client: Client, push: Callable[..., Any]) -> None:
    paths = {f"/p{n}": {"get": {"responses": FINE}} for n in range(6_000)}
    paths["/" + "k" * 10_000] = {"get": {"responses": FINE}}
    info = {"title": "Large", "version": "1", "description": "word " * 400_000}

    body = push(openapi(info=info, paths=paths)).json()

    assert body["operationCount"] == 6_001
    assert client.get("/v1/apis?q=word").json()["total"] == 1
    assert client.get("/apis/large").status_code == 200


# 23
def test_it_runs_no_pattern_that_never_ends(push: Callable[..., Any]) -> None:
    schema = {"type": "string", "pattern": "(a+)+$", "example": "a" * 5_000 + "!"}
    started = time.monotonic()

    response = push(openapi(components={"schemas": {"A": schema}}))

    assert response.status_code == 201
    assert time.monotonic() - started < 5


# 24
@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<!doctype html><title>Log in</title>", "looks like HTML"),
        (b"", "it is empty"),
        (b"Not found", "not an OpenAPI document"),
        (b'{"openapi": "3.0.0", "info": {', "not JSON"),
    ],
)
def test_it_says_what_came_instead(
    push: Callable[..., Any], provider: Provider, body: bytes, reason: str
) -> None:
    url = provider.serve("/x", body)

    response = push({"url": url})

    assert response.status_code in (400, 422)
    assert reason in response.json()["detail"]


# 25
def test_it_lets_nobody_flood_it(push: Callable[..., Any], settings: Any) -> None:
    settings.WRITES_PER_MINUTE = 2
    for number in range(4):
        response = push(openapi(f"A{number}"))

    assert_problem(response, 429)
