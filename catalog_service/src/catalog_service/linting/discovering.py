"""Find the rules: every module of the package `rules` has one, called RULE."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from . import rules
from .rule import Rule
from .rule_sets import RuleSet


@cache
def all_rules() -> tuple[Rule, ...]:
    """List every rule, by id."""
    names = (module.name for module in pkgutil.iter_modules(rules.__path__))
    found = [importlib.import_module(f"{rules.__name__}.{name}").RULE for name in names]
    return tuple(sorted(found, key=lambda rule: (rule.id, min(rule.severities))))


@cache
def rules_of(rule_set: RuleSet) -> tuple[Rule, ...]:
    """List the rules of a rule set, by id."""
    return tuple(rule for rule in all_rules() if rule_set in rule.severities)


def find_rule(rule_id: str) -> Rule | None:
    """Return the rule that any rule set knows by an id, the newest one first."""
    return _by_id().get(rule_id)


@cache
def _by_id() -> dict[str, Rule]:
    every = {r.id_in(rule_set): r for r in all_rules() for rule_set in r.severities}
    return every | {rule.newest_id: rule for rule in all_rules()}
