"""Hold a document that describes an API against the API Design Rules.

A rule is a file in `rules`: docs/adr/0027-a-rule-is-a-file.md. Nothing here knows of
Django, the network or a file, and no document can keep it busy or bring it down.
"""

from .discovering import all_rules, find_rule, rules_of
from .edition import edition
from .explanations import Explanation, explanations_in
from .findings import Finding, Kind, Severity
from .reports import Position, Report, lint
from .rule import Rule
from .rule_sets import DEFAULT_RULE_SET, RuleSet
from .scoring import score
from .sentences import Sentence

__all__ = [
    "DEFAULT_RULE_SET",
    "Explanation",
    "Finding",
    "Kind",
    "Position",
    "Report",
    "Rule",
    "RuleSet",
    "Sentence",
    "Severity",
    "all_rules",
    "edition",
    "explanations_in",
    "find_rule",
    "lint",
    "rules_of",
    "score",
]
