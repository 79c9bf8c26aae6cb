"""JSON logs on stdout: a fixed event, fields beside it, the request id in each line.

The request id has a ContextVar of its own: binding it through structlog costs more
than all of our other middleware. Other fields (dataset, api) are bound with
`structlog.contextvars.bound_contextvars`.
"""

from __future__ import annotations

import logging
from contextvars import ContextVar
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

request_id: ContextVar[str] = ContextVar("request_id", default="")

LEVELS = ("debug", "info", "warning", "error", "critical")
FORMATS = ("json", "console")
ACCESS_LOGS = ("all", "faults", "off")


def add_request_id(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Add the id of the request that is being answered, if there is one."""
    if current := request_id.get():
        event["request_id"] = current
    return event


def logging_settings(level: str, log_format: str, service: str) -> dict[str, Any]:
    """Return Django's LOGGING, and set up structlog to the same form."""
    shared = _shared_processors(service)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"events": _formatter(log_format, shared)},
        "handlers": {
            "stdout": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stdout",
                "formatter": "events",
            }
        },
        "root": {"handlers": ["stdout"], "level": level.upper()},
        "loggers": _loggers(level),
    }


def _shared_processors(service: str) -> list[Processor]:
    def add_service(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        event["service"] = service
        return event

    return [
        structlog.contextvars.merge_contextvars,
        add_request_id,
        add_service,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _formatter(log_format: str, shared: list[Processor]) -> dict[str, Any]:
    # Without frames' variables: they fill a screen, and may be secrets.
    renderer: list[Processor] = [
        structlog.dev.ConsoleRenderer(
            colors=False, exception_formatter=structlog.dev.plain_traceback
        )
    ]
    if log_format == "json":
        renderer = [
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ]
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": shared,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *renderer,
        ],
    }


def _loggers(level: str) -> dict[str, Any]:
    """Return the loggers of others that would say too much.

    Django warns of every 4xx, which the metrics count; its security logger calls a
    wrong Host an error, which any scanner can cause.
    """
    quiet = {
        "django.request": "ERROR",
        "django.security": "CRITICAL",
        "django.db.backends": "INFO",
        "httpx": "WARNING",
        "httpcore": "WARNING",
        "procrastinate": "INFO",
        "procrastinate.blueprints": "WARNING",
        "procrastinate.periodic": "WARNING",
        # Our own line of a job has no arguments in it.
        "procrastinate.worker": "WARNING",
        "asyncio": "WARNING",
    }
    levels = {
        name: {"level": more_severe(at_least, level)}
        for name, at_least in quiet.items()
    }
    # Django's own handlers of these would write each line twice.
    bare: dict[str, Any] = {"handlers": [], "propagate": True}
    return levels | {
        "django": bare,
        "gunicorn.error": {**bare, "level": more_severe("INFO", level)},
        "django.server": {**bare, "level": level.upper()},
    }


def more_severe(at_least: str, level: str) -> str:
    """Choose between what a logger is worth and what the whole service is set to."""
    return max(at_least, level.upper(), key=logging.getLevelNamesMapping().__getitem__)
