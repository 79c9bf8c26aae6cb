"""What is wrong with a document, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARN = "warn"
    INFO = "info"


class Kind(StrEnum):
    """Whether a rule is about OpenAPI itself or about good design."""

    VALIDITY = "validity"
    DESIGN = "design"


@dataclass(frozen=True)
class Finding:
    """One place where a document breaks one rule.

    `stricter` marks what the official linter does not report although the rule asks it.
    Line and column count from 1; they are 0 where nobody told them.
    """

    rule: str
    severity: Severity
    kind: Kind
    pointer: str
    sentence_nl: str
    sentence_en: str
    link: str
    stricter: bool
    line: int = 0
    column: int = 0
