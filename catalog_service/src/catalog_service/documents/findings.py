"""What is odd about a document that is admitted all the same."""

from __future__ import annotations

from dataclasses import dataclass

MAX_FINDINGS = 200


@dataclass(frozen=True)
class Finding:
    """One oddity: where (a JSON pointer) and what."""

    pointer: str
    message: str
