"""What a document explains, and which findings that covers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from catalog_service.linting import Explanation, explanations_in, find_rule, lint
from catalog_service.linting.explanations import MAX_EXPLANATIONS
from catalog_service.linting.findings import Finding, Kind, Severity

ENTRY = {"rule": "nlgov:semver", "reason": "Numbered by year."}
FINDING = Finding(
    rule="nlgov:semver",
    severity=Severity.ERROR,
    kind=Kind.DESIGN,
    pointer="/info/version",
    sentence_nl="",
    sentence_en="",
    link="",
    stricter=False,
)


def explained(*entries: Any) -> tuple[Explanation, ...]:
    return explanations_in({"x-explained-deviations": list(entries)})


@pytest.mark.parametrize("rule", ["semver", "nlgov:semver"])
def test_it_knows_a_rule_by_any_of_its_ids(rule: str) -> None:
    (explanation,) = explained({**ENTRY, "rule": rule, "pointer": "#/info"})

    assert explanation == Explanation("nlgov:semver", ENTRY["reason"], "/info")
    assert explanation.covers(replace(FINDING, rule=rule))


@pytest.mark.parametrize(
    ("pointer", "covers"),
    [("", True), ("/info", True), ("/info/version", True), ("/inf", False)],
)
def test_it_covers_what_is_at_and_below_its_pointer(pointer: str, covers: bool) -> None:
    assert Explanation("nlgov:semver", "x", pointer).covers(FINDING) is covers


def test_it_covers_no_other_rule_and_no_invalid_document() -> None:
    explanation = Explanation("nlgov:semver", "x")

    assert not explanation.covers(replace(FINDING, rule="info-contact"))
    assert not explanation.covers(replace(FINDING, rule="gone"))
    assert not explanation.covers(replace(FINDING, kind=Kind.VALIDITY))


@pytest.mark.parametrize("content", [None, [], {}, {"x-explained-deviations": 5}])
def test_it_finds_nothing_where_nothing_is_explained(content: Any) -> None:
    assert explanations_in(content) == ()


def test_it_reads_few_and_says_so() -> None:
    content = {"x-explained-deviations": [ENTRY] * (MAX_EXPLANATIONS + 1)}

    findings = lint(content).findings
    assert len(explanations_in(content)) == MAX_EXPLANATIONS
    (finding,) = [f for f in findings if f.rule == "kade:explained-deviations"]
    assert str(MAX_EXPLANATIONS) in finding.sentence_en
    assert finding.pointer == "/x-explained-deviations"


def test_it_finds_no_rule_that_is_none() -> None:
    assert find_rule("nlgov:nothing") is None
