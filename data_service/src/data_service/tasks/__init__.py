"""The jobs of the data service: what follows an import, and cleaning up."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from data_service.importing.cleaning import drop_unused as drop_unused_tables
from data_service.importing.rendering import RENDER_TASK

from . import rendering


@app.task(name=RENDER_TASK)
def render_rows(physical_id: int) -> int:
    """Store the finished JSON of each row of a table; give how many."""
    return rendering.render_rows(physical_id)


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="data_service.tasks.render_missing",
    queueing_lock="data_service.tasks.render_missing",
)
def render_missing(timestamp: int) -> int:  # noqa: ARG001  (procrastinate passes it)
    """Ask again for what a lost job, or a new renderer, left undone."""
    return rendering.request_missing()


@app.periodic(cron="7 * * * *")
@app.task(
    name="data_service.tasks.drop_unused",
    queueing_lock="data_service.tasks.drop_unused",
)
def drop_unused(timestamp: int) -> int:  # noqa: ARG001  (procrastinate passes it)
    """Drop the physical tables that nothing can serve any more."""
    return drop_unused_tables(timezone.now())
