"""Files that are sent: kept, imported by a job, and told about meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from data_service.importing import receiving
from data_service.importing.errors import BusyError, TooLargeError
from data_service.importing.reporting import Reported
from data_service.importing.sending import Sending, take_in
from data_service.models import Import, SentPart
from data_service.schemas.tables import Field, Table
from data_service.tasks import import_file

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


def test_it_waits_for_another_import(
    send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = send()
    monkeypatch.setattr("data_service.importing.locking.try_lock", lambda *_: False)

    with pytest.raises(BusyError):
        import_file(record.pk)

    record.refresh_from_db()
    assert record.state == Import.State.WAITING
    assert SentPart.objects.count() == 3


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
