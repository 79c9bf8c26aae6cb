"""Downloads made once, kept in parts, and gone with their table."""

import hashlib
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from data_service.downloading import making
from data_service.downloading.errors import MissingLibraryError
from data_service.downloading.kinds import PARQUET, XLSX
from data_service.importing.cleaning import drop_unused
from data_service.importing.downloads import DOWNLOAD_TASK, request_downloads
from data_service.models import (
    DatasetVersion,
    Download,
    DownloadPart,
    PhysicalTable,
    Snapshot,
    SnapshotTable,
)
from data_service.tasks import downloads as tasks
from data_service.tasks import make_missing


@pytest.fixture
def physical(published):
    return PhysicalTable.objects.get()


def waiting_jobs():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->>'kind' FROM procrastinate_jobs"
            " WHERE task_name = %s AND status = 'todo' ORDER BY id",
            [DOWNLOAD_TASK],
        )
        return [kind for (kind,) in cursor.fetchall()]


def done(kind):
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE task_name = %s"
            " AND args->>'kind' = %s",
            [DOWNLOAD_TASK, kind],
        )


def test_it_asks_for_every_kind_when_a_table_is_published(physical):
    assert waiting_jobs() == ["parquet", "gpkg", "xlsx"]
    assert request_downloads(physical) == 0


def test_it_notes_what_postgresql_cannot_give(physical):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE rows.{physical.name} SET height = 1e399")  # noqa: S608

    assert making.make_download(physical.pk, XLSX.name) == 0

    assert "64 bits" in Download.objects.get(kind=XLSX.name).problem


def test_it_asks_for_nothing_where_that_is_not_wanted(physical, settings):
    settings.MAKE_DOWNLOADS = False
    done("xlsx")

    assert request_downloads(physical) == 0


def test_it_asks_again_for_what_is_missing(physical):
    for kind in ("parquet", "gpkg", "xlsx"):
        done(kind)

    assert make_missing(0) == 3
    for kind in ("parquet", "gpkg", "xlsx"):
        tasks.make_download(physical.pk, kind)
        done(kind)
    assert tasks.request_missing() == 0


def test_it_does_not_ask_itself_for_what_it_cannot_make(physical, monkeypatch):
    monkeypatch.setattr(tasks, "LIBRARIES", ("no_such_library",))
    done("xlsx")

    assert tasks.request_missing() == 0


def test_it_keeps_a_file_in_parts(physical, monkeypatch):
    monkeypatch.setattr(DownloadPart, "BYTES", 1000)

    size = making.make_download(physical.pk, "parquet")

    download = Download.objects.get()
    parts = [bytes(part.content) for part in download.parts.order_by("number")]
    assert [len(part) for part in parts[:-1]] == [1000] * (len(parts) - 1)
    assert len(b"".join(parts)) == size == download.size
    assert hashlib.sha256(b"".join(parts)).hexdigest() == download.sha256


def test_it_makes_a_file_once(physical):
    assert making.make_download(physical.pk, "xlsx") > 0

    assert making.make_download(physical.pk, "xlsx") == 0
    assert making.make_download(physical.pk + 1, "xlsx") == 0


def test_it_makes_nothing_of_a_forgotten_table(physical):
    DatasetVersion.objects.update(current=None)
    Snapshot.objects.all().delete()

    assert making.make_download(physical.pk, "xlsx") == 0


def test_it_notes_why_there_is_no_file(physical):
    PhysicalTable.objects.update(row_count=2_000_000)

    assert making.make_download(physical.pk, "xlsx") == 0

    assert Download.objects.get().problem == "it holds at most 1,048,575 rows"


def test_it_leaves_what_this_worker_cannot_write(physical, monkeypatch, caplog):
    def broken(*_):
        raise ModuleNotFoundError("No module", name="pyarrow")

    monkeypatch.setattr(making, "WRITERS", {PARQUET: broken, XLSX: broken})

    with pytest.raises(MissingLibraryError, match="install pyarrow"):
        making.make_download(physical.pk, "parquet")
    assert tasks.make_download(physical.pk, "parquet") == 0
    assert "download not made" in caplog.text


def test_it_removes_files_with_their_table(physical):
    making.make_download(physical.pk, "parquet")
    DatasetVersion.objects.update(current=None)
    SnapshotTable.objects.all().delete()
    now = timezone.now()
    PhysicalTable.objects.update(unused_since=now - timedelta(days=1))

    assert drop_unused(now) == 1

    assert not Download.objects.exists()
    assert not DownloadPart.objects.exists()
