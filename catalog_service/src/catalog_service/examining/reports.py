"""The task of a reader that holds a document against the design rules."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, replace
from typing import Any

from catalog_service.documents import read_document
from catalog_service.documents.positions import locate
from catalog_service.linting import (
    Report,
    RuleSet,
    edition,
    explanations_in,
    lint,
)

# The score counts at most ten places of a rule, and nobody reads more than these.
LISTED_OF_A_RULE = 200


def lint_document(raw: bytes, *, rule_set: str) -> tuple[Any, bytes]:
    """Read a document; tell what breaks the rules, and what it explains itself."""
    document = read_document(raw)
    report = _shortened(lint(document.content, RuleSet(rule_set)))
    pointers = {finding.pointer for finding in report.findings}
    located = report.located(locate(raw, document.media_type, pointers).get)
    told = {
        "rule_set": rule_set,
        "edition": edition(),
        "findings": [asdict(finding) for finding in located.findings],
        "omitted": located.omitted,
        "explanations": [asdict(each) for each in explanations_in(document.content)],
    }
    return told, b""


def _shortened(report: Report) -> Report:
    """Keep the first of each rule: a few rules can be broken at every place."""
    seen: Counter[str] = Counter()
    kept = []
    for finding in report.findings:
        seen[finding.rule] += 1
        if seen[finding.rule] <= LISTED_OF_A_RULE:
            kept.append(finding)
    omitted = report.omitted + len(report.findings) - len(kept)
    return replace(report, findings=tuple(kept), omitted=omitted)
