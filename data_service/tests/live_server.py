"""The service as it is deployed, behind gunicorn, on the database of the tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from urllib.request import urlopen

from django.db import connection

from data_service.importing.snapshots import activate_snapshot, make_snapshot
from data_service.models import PhysicalTable
from data_service.schemas.tables import Dataset, Field, Table

BIG = Dataset("big", (Table("row", (Field("id", "integer"), Field("text", "string"))),))
ROWS = 200_000
BIG_TABLE = """
CREATE TABLE rows.name AS
SELECT n AS _ordinal, n AS id, md5('a' || n) || md5('b' || n) || md5('c' || n)
       || md5('d' || n) || md5('e' || n) || md5('f' || n) || md5('g' || n) AS text
  FROM generate_series(1, %s::bigint) AS n
"""  # compressed, it is still too much to be under way at once
EXPORT = "/v1/big/row?_format=csv"
SEND_SECONDS = 2


def start_server():
    """Start it; give the process, and its address as `url`."""
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
        "SEND_SECONDS": str(SEND_SECONDS),
        "WEB_POINTER_MS": "0",
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "python:shared.serving"]
    server = subprocess.Popen(  # noqa: S603  (our own server)
        [*command, "data_service.wsgi"], env=os.environ | variables
    )
    wait_until(lambda: answers(f"{url}/status/live"), seconds=60)
    server.url = url
    return server


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
    except OSError:
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
