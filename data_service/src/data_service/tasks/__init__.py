"""The jobs of the data service: what follows an import, and cleaning up."""

from __future__ import annotations

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from data_service.importing.cleaning import drop_unused as drop_unused_tables
from data_service.importing.downloads import DOWNLOAD_TASK
from data_service.importing.errors import BusyError
from data_service.importing.rendering import RENDER_TASK
from data_service.importing.sending import IMPORT_TASK
from data_service.importing.sending import fail_lost as fail_lost_imports
from shared.workers.retrying import AGAIN, DATABASE_ERRORS

from . import downloads, rendering


@app.task(name=RENDER_TASK, retry=AGAIN)
def render_rows(physical_id: int) -> int:
    """Store the finished JSON of each row of a table; give how many."""
    return rendering.render_rows(physical_id)


# Waits for an import of the same dataset that a command has begun, too.
_PATIENTLY = RetryStrategy(
    max_attempts=20, linear_wait=5, retry_exceptions={BusyError, *DATABASE_ERRORS}
)


@app.task(name=IMPORT_TASK, retry=_PATIENTLY)
def import_file(import_id: int) -> str:
    """Import a file that was sent; give how that ended."""
    # Here, so that a web process, which knows the tasks, does not load it.
    from data_service.importing.receiving import import_sent_file

    return import_sent_file(import_id)


@app.task(name=DOWNLOAD_TASK, retry=AGAIN)
def make_download(physical_id: int, kind: str) -> int:
    """Make a file of a table; give its size in bytes."""
    return downloads.make_download(physical_id, kind)


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="data_service.tasks.make_missing",
    queueing_lock="data_service.tasks.make_missing",
)
def make_missing(timestamp: int) -> int:  # noqa: ARG001  (procrastinate passes it)
    """Ask again for the files of what is served that a lost job left undone."""
    return downloads.request_missing()


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="data_service.tasks.render_missing",
    queueing_lock="data_service.tasks.render_missing",
)
def render_missing(timestamp: int) -> int:  # noqa: ARG001  (procrastinate passes it)
    """Ask again for what a lost job, or a new renderer, left undone."""
    return rendering.request_missing()


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="data_service.tasks.fail_lost",
    queueing_lock="data_service.tasks.fail_lost",
)
def fail_lost(timestamp: int) -> int:  # noqa: ARG001  (procrastinate passes it)
    """Mark the imports that no job does any more."""
    return fail_lost_imports()


@app.periodic(cron="7 * * * *")
@app.task(
    name="data_service.tasks.drop_unused",
    queueing_lock="data_service.tasks.drop_unused",
)
def drop_unused(timestamp: int) -> int:  # noqa: ARG001  (procrastinate passes it)
    """Drop the physical tables that nothing can serve any more."""
    return drop_unused_tables(timezone.now())
