"""The service behind its HTTP server: broken streams, lost clients, any input."""

from __future__ import annotations

import http.client
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from live_server import EXPORT, ROWS, exports, wait_until

from shared.testing.programs import unmeasured_environment

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


def test_it_streams_a_whole_table(ask):
    response = ask(EXPORT)

    assert response.read().count(b"\r\n") == ROWS + 1


def test_it_ends_the_statement_of_a_client_that_goes_away(ask):
    response = ask(EXPORT)
    response.read(1000)
    assert exports()

    ask.hang_up()

    wait_until(lambda: not exports())


@pytest.mark.parametrize("coding", ["identity", "gzip", "zstd"])
def test_it_breaks_off_a_stream_that_fails_half_way(ask, coding):
    response = ask(EXPORT, **{"Accept-Encoding": coding})
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


def test_it_states_no_length_of_rows_that_were_not_read(ask):
    response = ask(EXPORT, method="HEAD")

    assert response.getheader("Content-Length") is None
    assert response.getheader("ETag")


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
        env=unmeasured_environment(),
        capture_output=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout.decode()[-5000:]
