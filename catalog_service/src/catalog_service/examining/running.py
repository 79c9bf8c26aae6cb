"""Ask a reader, and take its refusals for our own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from catalog_service.documents import DocumentError, OverLimitsError
from catalog_service.documents import errors as document_errors

from .pool import Pool, ReaderLateError, ReaderLostError, logger

MAX_SECONDS = 10.0


@dataclass(frozen=True)
class Outcome:
    """What a look at a document told; `report` is what the linter told, if asked."""

    media_type: str
    specification: str
    label: str
    content_hash: str
    facts: dict[str, Any]
    findings: list[dict[str, Any]]
    is_valid: bool
    operations: list[dict[str, Any]]
    tags: list[str]
    words: str
    report: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Compared:
    """What changed between two documents: the worst first, and not all when many.

    `counts` are of all changes, by level; `agreement` says which part of the version
    number the changes ask to raise, and whether it was.
    """

    changes: tuple[dict[str, str], ...]
    counts: dict[str, int]
    agreement: dict[str, Any]


def examine(raw: bytes, *, base_url: str) -> Outcome:
    """Look at a document; raises DocumentError when it is refused."""
    value, _ = run("examine", raw, base_url=base_url)
    return Outcome(**value)


def lint(raw: bytes, rule_set: str) -> dict[str, Any]:
    """Hold a document against a rule set; raises DocumentError.

    Returns what `reports.lint_document` tells.
    """
    told: dict[str, Any] = run("lint", raw, rule_set=rule_set)[0]
    return told


def read_any(raw: bytes) -> Any:
    """Read any JSON or YAML; raises DocumentError."""
    return run("read_any", raw)[0]


def convert(raw: bytes, media_type: str) -> bytes:
    """Write a document in another form; raises DocumentError."""
    return run("convert", raw, media_type=media_type)[1]


def with_servers(raw: bytes, base_url: str) -> bytes:
    """Write a document as JSON with absolute servers; raises DocumentError."""
    return run("with_servers", raw, base_url=base_url)[1]


def compare(old: bytes, new: bytes, *, today: date) -> Compared:
    """Compare two documents; raises DocumentError."""
    value, _ = run("compare", old, new, today=today.isoformat())
    return Compared(**{**value, "changes": tuple(value["changes"])})


def excerpts(raw: bytes, pointers: Sequence[str]) -> list[dict[str, Any]]:
    """Return line and text of what stands at pointers; raises DocumentError."""
    found: list[dict[str, Any]] = run("excerpts", raw, pointers=list(pointers))[0]
    return found


def run(
    task: str, *blobs: bytes, seconds: float = MAX_SECONDS, **arguments: Any
) -> tuple[Any, bytes]:
    """Have a task done in a process of its own; return JSON and bytes.

    Raises DocumentError: the one that the task raised, or OverLimitsError when it took
    too much time or memory, or ended its reader.
    """
    message = {"task": task, "arguments": arguments}
    try:
        answer, made = _pool().ask(message, blobs, seconds)
    except ReaderLateError as error:
        logger.warning("reader.ended", task=task, reason="late")
        raise OverLimitsError(f"took more than {seconds:g} seconds") from error
    except ReaderLostError as error:
        logger.warning("reader.ended", task=task, reason="lost")
        raise OverLimitsError("the reader of the document gave up on it") from error
    if "refused" in answer:
        raise _refusal(answer)
    return answer["value"], made[0]


def _refusal(answer: dict[str, Any]) -> DocumentError:
    kind = getattr(document_errors, answer["refused"], DocumentError)
    error: DocumentError = kind(
        answer["reason"], line=answer.get("line", 0), column=answer.get("column", 0)
    )
    return error


def limit_line(longest: int | None) -> None:
    """Let only so many wait in this process; more of them get ReadersBusyError.

    Else a few documents that take their full time would hold every thread.
    """
    _pool().longest_line = longest


@cache
def _pool() -> Pool:
    return Pool()
