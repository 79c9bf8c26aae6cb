"""What is wrong or odd about a document that is admitted all the same."""

from __future__ import annotations

from dataclasses import dataclass

MAX_FINDINGS = 200
ERROR = "error"
WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """One fault or oddity: where (a JSON pointer) and what.

    A document with an `error` breaks its specification; a `warning` is odd but allowed.
    Line and column count from 1; they are 0 until somebody looked them up.
    """

    pointer: str
    message: str
    severity: str = ERROR
    line: int = 0
    column: int = 0
