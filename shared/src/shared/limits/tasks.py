"""The job that keeps the table of limits small."""

from __future__ import annotations

from procrastinate.contrib.django import app

from shared.limits.limiting import forget_spent_limits


@app.periodic(cron="*/10 * * * *")
@app.task(name="shared.forget_limits", queueing_lock="shared.forget_limits")
def forget_limits(timestamp: int) -> int:  # noqa: ARG001  (procrastinate passes it)
    """Remove the callers who have their whole budget again."""
    return forget_spent_limits()
