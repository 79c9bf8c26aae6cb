"""The service behind its HTTP server: broken streams, lost clients, any input."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from django.db import connection

from data_service.importing.snapshots import activate_snapshot, make_snapshot
from data_service.models import PhysicalTable
from data_service.schemas.tables import Dataset, Field, Table

BIG = Dataset("big", (Table("row", (Field("id", "integer"), Field("text", "string"))),))
ROWS = 200_000
BIG_TABLE = """
CREATE TABLE rows.name AS
SELECT n AS _ordinal, n AS id, repeat('x', 200) AS text
  FROM generate_series(1, %s::bigint) AS n
"""
EXPORT = "/v1/big/row?_format=csv"
# What is no geometry, or lies elsewhere in another CRS, no schema can tell.
GEOMETRIES = """
[parameters]
"query.geom" = "POINT(4.9 52.37)"
"query.geom[not]" = "POINT(4.9 52.37)"
"query.geom[intersects]" = "POLYGON((4.8 52.3,5 52.3,5 52.4,4.8 52.3))"
"query.geom[within]" = "4.9,52.37,500"
"header.Accept-Crs" = "CRS84"
"""
SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")


@pytest.fixture(scope="module")
def live_url(module_published):
    """Run the service as it is deployed, on the database of the tests."""
    publish_big_table()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    variables = {
        "WEB_BIND": f"127.0.0.1:{port}",
        "WEB_WORKERS": "1",
        "PUBLIC_URL": url,
        "DATABASE_URL": url_of_tests(),
        "SECRET_KEY": "only the tests know this one, which is long enough",
        "WRITES_PER_MINUTE": "10000",
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "python:shared.serving"]
    server = subprocess.Popen(  # noqa: S603  (our own server)
        [*command, "data_service.wsgi"], env=os.environ | variables
    )
    try:
        wait_until(lambda: answers(f"{url}/status/live"), seconds=60)
        yield url
    finally:
        server.terminate()
        server.wait(15)


def publish_big_table():
    """Fill a table by itself: reading a file of this size would take a minute."""
    physical = PhysicalTable.objects.create(row_count=ROWS)
    with connection.cursor() as cursor:
        cursor.execute(BIG_TABLE.replace("rows.name", f"rows.{physical.name}"), [ROWS])
    activate_snapshot(make_snapshot(BIG, {"row": physical}, by="test"))


def url_of_tests():
    database = connection.settings_dict
    names = {"user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    given = {name: database[key] for name, key in names.items() if database[key]}
    query = "&".join(f"{name}={value}" for name, value in given.items())
    return f"postgresql:///{database['NAME']}?{query}"


def answers(url):
    try:
        with urlopen(url, timeout=5) as response:  # noqa: S310  (our own server)
            return response.status == 200
    except OSError:  # a URLError, or a time-out on a busy machine
        return False


def wait_until(condition, seconds=10.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def exports():
    """Give the processes of the server that run an export."""
    with connection.cursor() as cursor:
        # What is seen once stays the same within a transaction.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'kade-export'"
            " AND datname = current_database()"
        )
        return [pid for (pid,) in cursor.fetchall()]


@pytest.fixture
def ask(live_url):
    """Send a request; what is open in the end is closed."""
    opened = []

    def send(path, method="GET"):
        client = http.client.HTTPConnection(urlsplit(live_url).netloc, timeout=60)
        client.request(method, path)
        response = client.getresponse()
        opened.extend((response, client))
        return response

    def hang_up():
        for connection_or_response in opened:
            connection_or_response.close()

    send.hang_up = hang_up
    yield send
    hang_up()


def test_it_streams_a_whole_table(ask):
    response = ask(EXPORT)

    assert response.read().count(b"\r\n") == ROWS + 1


def test_it_ends_the_statement_of_a_client_that_goes_away(ask):
    response = ask(EXPORT)
    response.read(1000)
    assert exports()

    ask.hang_up()

    wait_until(lambda: not exports())


def test_it_breaks_off_a_stream_that_fails_half_way(ask):
    response = ask(EXPORT)
    response.read(1000)

    with connection.cursor() as cursor:
        # An earlier test's export may be ending still.
        terminate = "SELECT pg_terminate_backend(pid) FROM unnest(%s::int[]) AS pid"
        cursor.execute(terminate, [exports()])

    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        response.read()


@pytest.mark.parametrize("path", ["/v1", "/v1/trees/tree", "/v1/trees/tree/1", EXPORT])
def test_it_answers_head_without_a_body(ask, path):
    response = ask(path, method="HEAD")

    assert response.status == 200
    assert response.read() == b""


def test_it_tells_an_escaped_slash_from_a_slash(ask):
    escaped = ask("/v1/trees/tree/a%2Fb")
    plain = ask("/v1/trees/tree/a/b")

    assert b"no row" in escaped.read()
    assert b"no row" not in plain.read()


def test_it_refuses_an_endless_address(ask):
    response = ask(f"/v1/trees/tree?name={'x' * 10_000}")

    assert response.status == 414


@pytest.mark.slow
@pytest.mark.parametrize("root", ["/v1/trees", "/control/v1"])
def test_it_stands_up_to_made_up_requests(live_url, root, tmp_path):
    settings = tmp_path / "schemathesis.toml"
    settings.write_text(GEOMETRIES)
    command = [SCHEMATHESIS, "--config-file", settings, "run", "--checks=all"]
    options = ["-n", "8", "--generation-deterministic", "--no-color"]

    run = subprocess.run(  # noqa: S603
        [*command, *options, f"{live_url}{root}/openapi.json"],
        capture_output=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout.decode()[-5000:]
