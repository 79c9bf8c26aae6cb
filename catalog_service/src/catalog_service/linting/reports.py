"""Hold a document against a rule set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from .description import Description
from .discovering import rules_of
from .findings import Finding, Kind, Severity
from .pointers import Keys
from .rule import Breach, Rule
from .rule_sets import DEFAULT_RULE_SET, RuleSet
from .rules.plain_json import RULE as PLAIN_JSON
from .scoring import score

# The score counts fewer places than this, and nobody reads more.
MAX_FINDINGS_OF_A_RULE = 1000

Position = Callable[[str], tuple[int, int] | None]


@dataclass(frozen=True)
class Report:
    """What was found in a document; `omitted` counts findings that are not listed."""

    rule_set: RuleSet
    findings: tuple[Finding, ...]
    omitted: int

    @property
    def score(self) -> int:
        """From 0 to 100: see `scoring`."""
        return score(self.findings)

    @property
    def is_valid(self) -> bool:
        """Tell whether it is a valid OpenAPI document, well designed or not."""
        return not any(
            finding.kind is Kind.VALIDITY and finding.severity is Severity.ERROR
            for finding in self.findings
        )

    def located(self, position: Position) -> Report:
        """Return the report with the line and column of each finding."""
        findings = (_located(finding, position) for finding in self.findings)
        return replace(self, findings=tuple(findings))


def lint(
    content: Any,
    rule_set: RuleSet = DEFAULT_RULE_SET,
    *,
    position: Position | None = None,
) -> Report:
    """Report where a document, as it was read from JSON or YAML, breaks the rules.

    Any value is accepted. `position` gives the line and column of a JSON pointer, or
    None. Nothing outside of the document is looked at.
    """
    description = Description(content)
    report = _report(rule_set, (PLAIN_JSON,), description)
    if not report.findings:
        others = [rule for rule in rules_of(rule_set) if rule is not PLAIN_JSON]
        report = _report(rule_set, (*others, PLAIN_JSON), description)
    return report if position is None else report.located(position)


def _report(
    rule_set: RuleSet,
    rules: tuple[Rule, ...],
    description: Description,
) -> Report:
    findings: list[Finding] = []
    omitted = 0
    for rule in rules:
        found = _findings(rule, description, rule_set)
        findings.extend(islice(found, MAX_FINDINGS_OF_A_RULE))
        omitted += sum(1 for _ in found)
    return Report(rule_set, tuple(findings), omitted)


def _findings(
    rule: Rule, description: Description, rule_set: RuleSet
) -> Iterator[Finding]:
    """Yield the findings, each once: many operations share a response."""
    seen: set[tuple[Keys, str]] = set()
    for breach in rule.check(description):
        sentences = (breach.sentence or rule.sentence).filled(breach.words)
        key = (breach.node.keys, sentences[0])
        if key not in seen:
            seen.add(key)
            yield _finding(rule, breach, sentences, rule_set)


def _finding(
    rule: Rule, breach: Breach, sentences: tuple[str, str], rule_set: RuleSet
) -> Finding:
    return Finding(
        rule=rule.id_in(rule_set),
        severity=rule.severities[rule_set],
        kind=rule.kind,
        pointer=breach.node.pointer,
        sentence_nl=sentences[0],
        sentence_en=sentences[1],
        link=rule.link,
        stricter=breach.stricter or rule_set in rule.inert_in,
    )


def _located(finding: Finding, position: Position) -> Finding:
    line, column = position(finding.pointer) or (0, 0)
    return replace(finding, line=line, column=column)
