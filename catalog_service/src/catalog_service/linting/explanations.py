"""Deviations that are explained: comply or explain, as the design rules have it.

A document may explain its own: `x-explained-deviations` at its top is a list of
objects with `rule`, `reason` and, when it is about one part only, `pointer`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .discovering import find_rule
from .findings import Finding, Kind

EXTENSION = "x-explained-deviations"
MAX_EXPLANATIONS = 100
MAX_REASON = 2_000
# Also the key of an index, which takes 2,700 bytes.
MAX_POINTER = 600


@dataclass(frozen=True)
class Explanation:
    """Why a rule is not kept: anywhere, or at a pointer and below it.

    `rule` is the newest id of a rule, so that it holds in every rule set.
    """

    rule: str
    reason: str
    pointer: str = ""

    def covers(self, finding: Finding) -> bool:
        """Tell whether it explains a finding; nothing explains an invalid document."""
        rule = find_rule(finding.rule)
        if finding.kind is Kind.VALIDITY or rule is None or rule.newest_id != self.rule:
            return False
        return f"{finding.pointer}/".startswith(f"{self.pointer}/")


def explanations_in(content: Any) -> tuple[Explanation, ...]:
    """Return what a document explains; what is not well-formed explains nothing."""
    found = (explanation for _, explanation in each_explanation(content))
    return tuple(explanation for explanation in found if explanation is not None)


def each_explanation(content: Any) -> Iterator[tuple[int, Explanation | None]]:
    """Yield each entry of a document with what it says, or None; few are read."""
    stated = content.get(EXTENSION) if isinstance(content, dict) else None
    entries = stated if isinstance(stated, list) else []
    for number, entry in enumerate(entries[:MAX_EXPLANATIONS]):
        yield number, _explanation(entry)


def is_pointer(text: object) -> bool:
    """Tell whether a text can be a JSON pointer (RFC 6901); nothing is the whole."""
    return isinstance(text, str) and len(text) <= MAX_POINTER and text[:1] in ("", "/")


def _explanation(entry: Any) -> Explanation | None:
    if not isinstance(entry, dict):
        return None
    rule_id, reason = entry.get("rule"), entry.get("reason")
    pointer = entry.get("pointer", "")
    pointer = pointer.removeprefix("#") if isinstance(pointer, str) else pointer
    rule = find_rule(rule_id) if isinstance(rule_id, str) else None
    is_told = isinstance(reason, str) and bool(reason.strip())
    if rule is None or rule.kind is Kind.VALIDITY or not is_told:
        return None
    if not is_pointer(pointer):
        return None
    return Explanation(rule.newest_id, str(reason)[:MAX_REASON], pointer)
