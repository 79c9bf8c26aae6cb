"""Asks for the finished JSON of a table's rows to be stored (ADR 0003)."""

from __future__ import annotations

from data_service.models import PhysicalTable

from .deferring import defer_once

RENDER_TASK = "data_service.tasks.render_rows"
# In bytes of text. A longer row costs more to read twice than to render on request.
LONGEST_STORED_ROW = 2000


def is_worth_storing(physical: PhysicalTable) -> bool:
    """Tell whether rows are short enough to gain from being stored."""
    return bool(physical.statistics.get("average_row_bytes", 0) < LONGEST_STORED_ROW)


def request_rendering(physical: PhysicalTable) -> bool:
    """Defer the job, within the caller's transaction, unless it waits or runs."""
    return defer_once(RENDER_TASK, physical)
