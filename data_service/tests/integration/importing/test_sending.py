"""Files that are sent: kept, imported by a job, and told about meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from data_service.importing import receiving
from data_service.importing.errors import (
    BusyError,
    HeldError,
    LostFileError,
    TooLargeError,
)
from data_service.importing.reporting import Reported
from data_service.importing.sending import Sending, take_in
from data_service.models import Import, SentPart
from data_service.schemas.tables import Field, Table
from data_service.tasks import fail_lost, import_file
from shared.testing.servers import local_server

CSV = b"id,name\n1,Oak\n2,Elm\n"
Send = Callable[..., Import]


@pytest.fixture
def send(clean_rows: None) -> Send:
    """Take in a file, in parts of 7 bytes."""

    def do_send(content: bytes = CSV, **options: Any) -> Import:
        sending = Sending(
            dataset="trees",
            table="tree",
            source="tree.csv",
            options={"format": "csv", **options},
            most_bytes=100,
            by="test",
        )
        parts = (content[at : at + 7] for at in range(0, len(content), 7))
        return take_in(sending, parts)

    return do_send


def test_it_keeps_a_file_until_it_is_imported(send: Send) -> None:
    record = send()

    assert record.state == Import.State.WAITING
    assert SentPart.objects.count() == 3
    job = ProcrastinateJob.objects.get(task_name="data_service.tasks.import_file")
    assert job.args == {"import_id": record.pk}
    assert job.lock == "data_service.tasks.import_file trees"


def test_it_keeps_nothing_of_a_file_that_is_too_large(send: Send) -> None:
    with pytest.raises(TooLargeError, match="may have 100 bytes"):
        send(b"x" * 101)

    assert not Import.objects.exists()
    assert not SentPart.objects.exists()


def test_it_imports_a_file(send: Send, served_rows) -> None:
    record = send(title="Trees")

    assert import_file(record.pk) == "done"

    record.refresh_from_db()
    assert (record.state, record.rows, record.rows_read) == ("done", 2, 2)
    assert (record.share_read, record.step) == (1.0, "")
    assert served_rows("trees", "tree", "name") == [("Oak",), ("Elm",)]
    assert not SentPart.objects.exists()
    assert import_file(record.pk) == "gone"


def test_it_does_what_was_asked(send: Send, served_rows) -> None:
    import_file(send().pk)

    import_file(send(b"id,name\n3,Ash\n", mode="append").pk)
    record = send(b"", deleteWhere={"name": "Oak"})
    import_file(record.pk)

    assert served_rows("trees", "tree", "id") == [(2,), (3,)]
    record.refresh_from_db()
    assert record.changes == ["0 rows added, 1 removed, 0 changed"]


def test_it_tells_why_a_file_is_refused(send: Send) -> None:
    record = send(b"id,name\n1\n")

    assert import_file(record.pk) == "refused"

    record.refresh_from_db()
    assert (record.state, record.fault_count) == ("refused", 1)
    assert not SentPart.objects.exists()


@pytest.mark.parametrize("options", [{}, {"deleteWhere": {"name": "Oak"}}])
def test_it_takes_no_lost_file_for_an_empty_one(
    send: Send, served_rows, options: dict[str, Any]
) -> None:
    import_file(send().pk)
    record = send(**options)
    SentPart.objects.all().delete()  # as a crash does, or a promotion

    assert import_file(record.pk) == "refused"

    record.refresh_from_db()
    assert [fault["reason"] for fault in record.faults] == [str(LostFileError())]
    assert served_rows("trees", "tree", "name") == [("Oak",), ("Elm",)]


def is_busy(*_: object) -> bool:
    return False


def is_held(*_: object) -> None:
    raise HeldError


@pytest.mark.parametrize(
    ("verb", "answer"),
    [("locking.try_lock", is_busy), ("publishing.lock_versions_to_switch", is_held)],
)
def test_it_waits_for_others(
    send: Send, monkeypatch: pytest.MonkeyPatch, verb: str, answer: Any
) -> None:
    record = send()
    monkeypatch.setattr(f"data_service.importing.{verb}", answer)

    with pytest.raises(BusyError):
        import_file(record.pk)

    record.refresh_from_db()
    assert (record.state, record.faults) == (Import.State.WAITING, [])
    assert SentPart.objects.count() == 3


def test_it_fails_what_no_job_does_any_more(send: Send) -> None:
    given_up, waiting = send(), send()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'failed' "
            "WHERE (args ->> 'import_id')::bigint = %s",
            [given_up.pk],
        )

    assert fail_lost(timestamp=0) == 1

    states = dict(Import.objects.values_list("pk", "state"))
    assert states == {given_up.pk: "failed", waiting.pk: "waiting"}
    assert {part.record_id for part in SentPart.objects.all()} == {waiting.pk}


def test_it_tells_how_far_it_is(send: Send) -> None:
    record = send()
    table = Table("tree", (Field("id", "integer"),))

    with Reported(record) as progress:
        progress.opened(["CSV"])
        progress.read(10, 50, 100)
        progress.read(11, 51, 100)  # too soon after the one before
        progress.inferred(table, ["unsure"])
        progress.step("comparing")
        record.refresh_from_db()

    assert (record.rows_read, record.share_read) == (10, 0.5)
    assert (record.doubts, record.step) == (["unsure"], "comparing")


def test_it_tells_it_while_the_import_is_hidden(send: Send) -> None:
    record = send()

    with Reported(record) as progress:
        assert progress._connection is not connection
        assert receiving.import_sent_file(0) == "gone"


TREE = {
    "id": "tree",
    "type": "table",
    "version": "1.0.0",
    "schema": {
        "type": "object",
        "identifier": "id",
        "required": ["schema", "id"],
        "properties": {
            "schema": {"$ref": "https://example.org/schema"},
            "id": {"type": "integer"},
            "name": {"type": "string", "enum": ["Oak"]},
        },
    },
}
DATASET = {
    "id": "trees",
    "type": "dataset",
    "versions": {"v1": {"tables": [{"id": "tree", "$ref": "tree/v1"}]}},
}
SCHEMAS = {"/tree": json.dumps(TREE), "/no-json": "?", "/trees": json.dumps(DATASET)}
SCHEMAS["/deep"] = "[" * 100_000
SCHEMAS["/faulty"] = json.dumps({**TREE, "schema": {"type": "object"}})


class Schemas(BaseHTTPRequestHandler):
    """Answers with schemas."""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(200 if self.path in SCHEMAS else 404)
        self.end_headers()
        self.wfile.write(SCHEMAS.get(self.path, "").encode())

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def schemas(settings: Settings) -> Iterator[str]:
    """Serve schemas from an origin that is trusted."""
    with local_server(Schemas) as url:
        settings.TRUSTED_ORIGINS = [url]
        yield url


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/tree", "is none of Oak"),
        ("/nothing", "404"),
        ("/no-json", "Expecting value"),
        ("/deep", "recursion"),
        ("/trees", "its table tree/v1 stands elsewhere"),
        ("/faulty", "/faulty: /schema"),
    ],
)
def test_it_holds_rows_against_a_schema_from_an_address(
    send: Send, schemas: str, path: str, reason: str
) -> None:
    record = send(schema=f"{schemas}{path}")

    assert import_file(record.pk) == "refused"

    record.refresh_from_db()
    assert record.state == "refused"
    assert reason in record.faults[0]["reason"]
    assert not SentPart.objects.exists()
