"""Every rule: its examples, its texts, and that it is found."""

from __future__ import annotations

import pytest

from catalog_service.linting import Rule, RuleSet, all_rules, lint, rules_of

CASES = [
    pytest.param(rule, rule_set, id=f"{rule_set}-{rule.id_in(rule_set)}")
    for rule_set in RuleSet
    for rule in rules_of(rule_set)
]


def _found(example: object, rule: Rule, rule_set: RuleSet) -> bool:
    findings = lint(example, rule_set).findings
    return any(finding.rule == rule.id_in(rule_set) for finding in findings)


@pytest.mark.parametrize(("rule", "rule_set"), CASES)
def test_it_finds_the_bad_example_only(rule: Rule, rule_set: RuleSet) -> None:
    assert _found(rule.bad, rule, rule_set)
    assert not _found(rule.good, rule, rule_set)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_it_is_told_in_two_languages_with_a_link(rule: Rule) -> None:
    assert rule.sentence.nl.endswith(".")
    assert rule.sentence.en.endswith(".")
    assert rule.sentence.nl != rule.sentence.en
    assert rule.link.startswith("https://")


@pytest.mark.parametrize("rule_set", RuleSet)
def test_it_has_each_id_once_in_a_rule_set(rule_set: RuleSet) -> None:
    ids = [rule.id_in(rule_set) for rule in rules_of(rule_set)]

    assert len(ids) == len(set(ids))
    assert any(id_.startswith("nlgov:") for id_ in ids) is (rule_set == "adr-2.2")


def test_it_knows_which_rules_a_rule_set_has() -> None:
    old = {rule.id_in(RuleSet.ADR_2_0) for rule in rules_of(RuleSet.ADR_2_0)}
    new = {rule.id for rule in rules_of(RuleSet.ADR_2_2)}

    assert "paths-kebab-case" not in old
    assert {"info-version", "http-methods", "oas3-schema"} <= old
    assert {"nlgov:semver", "nlgov:problem-invalid-input", "path-params"} <= new
    assert RuleSet.ADR_2_2.full_name == "NLGov REST API Design Rules 2.2"


def test_it_has_one_newest_id_for_each_rule() -> None:
    ids = [rule.newest_id for rule in all_rules()]

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.newest_id)
def test_it_is_told_of_any_document(rule: Rule) -> None:
    assert not any("{" in sentence for sentence in rule.sentence.with_gaps())
