"""What breaks the rules in a version, and what of that is explained.

An explanation comes from the document itself or is recorded in the catalogue; either
way the finding is shown with its reason, and does not lower the score. The bare score
beside it leaves nothing out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from catalog_service.linting import (
    Explanation,
    Finding,
    Kind,
    RuleSet,
    Severity,
    score,
)

EXPLAINED = "explained"


@dataclass(frozen=True)
class Reason:
    """An explanation and who gave it when; nobody when the document itself does."""

    explanation: Explanation
    by: str = ""
    at: datetime | None = None

    @property
    def text(self) -> str:
        """Why the rule is not kept."""
        return self.explanation.reason

    @property
    def source(self) -> str:
        """Where it stands: in the document or in the catalogue."""
        return "catalogue" if self.by else "document"


@dataclass(frozen=True)
class Judged:
    """A finding, and why it is as it is if somebody said so."""

    finding: Finding
    reason: Reason | None = None


@dataclass(frozen=True)
class Judgement:
    """A version under a rule set; one that was refused has no score."""

    rule_set: RuleSet
    edition: str
    findings: tuple[Judged, ...] = ()
    omitted: int = 0
    refused: str = ""
    made_at: datetime | None = None

    @property
    def score(self) -> int | None:
        """From 0 to 100, without what is explained."""
        left = (each.finding for each in self.findings if each.reason is None)
        return None if self.refused else score(left)

    @property
    def bare_score(self) -> int | None:
        """From 0 to 100, with everything."""
        found = (each.finding for each in self.findings)
        return None if self.refused else score(found)

    @property
    def counts(self) -> dict[str, int]:
        """How many findings of each severity nobody explains, and how many are."""
        names = Counter(
            EXPLAINED if each.reason else str(each.finding.severity)
            for each in self.findings
        )
        return {name: names[name] for name in (*Severity, EXPLAINED)}


def judge(
    told: Mapping[str, Any],
    recorded: Sequence[Reason],
    *,
    made_at: datetime | None = None,
) -> Judgement:
    """Join what a reader told of a document with what the catalogue explains."""
    own = (Reason(Explanation(**each)) for each in told.get("explanations", ()))
    reasons = (*own, *recorded)
    findings = (_finding(each) for each in told.get("findings", ()))
    return Judgement(
        rule_set=RuleSet(told["rule_set"]),
        edition=told["edition"],
        findings=tuple(Judged(each, _reason(each, reasons)) for each in findings),
        omitted=told.get("omitted", 0),
        refused=told.get("refused", ""),
        made_at=made_at,
    )


def _reason(finding: Finding, reasons: Iterable[Reason]) -> Reason | None:
    covering = (each for each in reasons if each.explanation.covers(finding))
    return next(covering, None)


def _finding(told: Mapping[str, Any]) -> Finding:
    severity, kind = Severity(told["severity"]), Kind(told["kind"])
    return Finding(**{**told, "severity": severity, "kind": kind})
