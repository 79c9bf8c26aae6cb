"""A worker that is killed in the middle of a job: another one does it, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from data_service import tasks
from data_service.importing.publishing import Publication, publish
from data_service.importing.sending import Sending, take_in
from data_service.models import Download, Import, PhysicalTable
from shared.testing.killing import (
    jobs_in,
    keep_only,
    kill_in,
    let_another_finish,
    quiet_clock,  # noqa: F401
)

ROWS = 20_000
Case = tuple[int, str, Callable[[], bool]]
HOLD = "LOCK TABLE {} IN ACCESS EXCLUSIVE MODE"
OWN = {
    name
    for name, _ in app.periodic_registry.periodic_tasks
    if name.startswith("data_service.")
}


@pytest.fixture
def big(clean_rows: None, tmp_path: Path) -> PhysicalTable:
    """Publish a table that is worth every job."""
    path = tmp_path / "ships.csv"
    path.write_text("id,name\n" + "".join(f"{n},s{n}\n" for n in range(ROWS)))
    publish(Publication(path=path))
    return PhysicalTable.objects.get()


def rendering(big: PhysicalTable) -> Case:
    job = jobs_in("todo", tasks.RENDER_TASK)[0]
    keep_only(job)
    return job, HOLD.format(f'rows."{big.name}"'), lambda: is_rendered(big)


def downloading(big: PhysicalTable) -> Case:
    job = jobs_in("todo", tasks.DOWNLOAD_TASK)[-1]  # xlsx, the last of the kinds
    keep_only(job)
    made = Download.objects.filter(physical=big, kind="xlsx", problem="")
    return job, HOLD.format(f'rows."{big.name}"'), lambda: made.count() == 1


def importing(_big: PhysicalTable) -> Case:
    send("boats")
    job = jobs_in("todo", tasks.IMPORT_TASK)[0]
    keep_only(job)
    sent = Import.objects.filter(dataset="boats").values_list("state", "rows")
    hold = HOLD.format("data_service_snapshot")
    return job, hold, lambda: list(sent) == [("done", 1)]


def dropping(big: PhysicalTable) -> Case:
    big.snapshottable_set.all().delete()
    PhysicalTable.objects.update(unused_since=timezone.now() - timedelta(days=2))
    job = tasks.drop_unused.defer(timestamp=0)
    keep_only(job)
    hold = HOLD.format("data_service_physicaltable")
    return job, hold, lambda: not is_there(f'rows."{big.name}"')


def asking_for_rendering(big: PhysicalTable) -> Case:
    job = tasks.render_missing.defer(timestamp=0)
    keep_only(job)
    hold = HOLD.format("data_service_physicaltable")
    return job, hold, lambda: is_rendered(big)


def asking_for_downloads(big: PhysicalTable) -> Case:
    job = tasks.make_missing.defer(timestamp=0)
    keep_only(job)
    made = Download.objects.filter(physical=big, kind="xlsx", problem="")
    hold = HOLD.format("data_service_physicaltable")
    return job, hold, lambda: made.count() == 1


def failing(_big: PhysicalTable) -> Case:
    send("boats")
    job = tasks.fail_lost.defer(timestamp=0)
    keep_only(job)  # so the import is lost
    sent = Import.objects.filter(dataset="boats").values_list("state", flat=True)
    hold = HOLD.format("data_service_import")
    return job, hold, lambda: list(sent) == ["failed"]


def send(dataset: str) -> None:
    """Send a file, to be imported by a job."""
    sending = Sending(
        dataset=dataset,
        table=dataset,
        source=f"{dataset}.csv",
        options={"format": "csv"},
        most_bytes=1000,
        by="test",
    )
    take_in(sending, iter([b"id,name\n1,Argo\n"]))


def is_rendered(big: PhysicalTable) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM rows.{big.json_name}")  # noqa: S608
        return cursor.fetchone() == (ROWS,)


def is_there(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [table])
        return cursor.fetchone() == (True,)


# Gives the job, what holds it in its middle, and what tells that it was done.
BY_THE_CLOCK: dict[str, Callable[[PhysicalTable], Case]] = {
    "data_service.tasks.drop_unused": dropping,
    "data_service.tasks.fail_lost": failing,
    "data_service.tasks.make_missing": asking_for_downloads,
    "data_service.tasks.render_missing": asking_for_rendering,
}


def test_it_knows_every_job_by_the_clock() -> None:
    assert BY_THE_CLOCK.keys() == OWN


@pytest.mark.slow
@pytest.mark.usefixtures("quiet_clock")
@pytest.mark.parametrize(
    "prepare", [rendering, downloading, importing, *BY_THE_CLOCK.values()]
)
def test_it_does_a_job_once_though_its_worker_was_killed(
    big: PhysicalTable, prepare: Callable[[PhysicalTable], Case]
) -> None:
    job, hold, is_done = prepare(big)

    kill_in(job, hold)
    let_another_finish()

    assert is_done()
    assert jobs_in("todo") == jobs_in("doing") == jobs_in("failed") == []
