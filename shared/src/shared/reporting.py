"""Errors to Sentry, or to what speaks as it does, where a service is told to.

Only defects go there: what the log calls an error. No bodies, no variables, no
addresses of people.
"""

from __future__ import annotations

from typing import Any

from shared.logs import request_id


def report_errors(dsn: str, *, service: str) -> None:
    """Send errors from now on; an empty `dsn` does nothing at all."""
    if not dsn:
        return
    # Not above: without a DSN nobody pays for it.
    import sentry_sdk

    sentry_sdk.init(
        dsn,
        server_name=service,
        before_send=_add_request_id,
        include_local_variables=False,
        max_request_body_size="never",
        traces_sample_rate=None,
    )


def _add_request_id(event: Any, _hint: object) -> Any:
    """Let an event lead to the lines of the log."""
    tags = event.setdefault("tags", {})
    tags["request_id"] = request_id.get()
    return event
