"""The page of rules: what documents are held against, each with examples."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import get_language

from catalog_service.linting import Rule, all_rules

_LONGEST_EXAMPLE = 2_000


@dataclass(frozen=True)
class RuleRow:
    """A rule as the page shows it; `severities` are pairs of rule set and severity."""

    id: str
    sentence: str
    link: str
    severities: tuple[tuple[str, str], ...]
    stricter: bool
    good: str
    bad: str


def list_rules() -> tuple[RuleRow, ...]:
    """Return every rule, by id, in the language of the page."""
    return _rows((get_language() or "").startswith("nl"))


@cache
def _rows(is_dutch: bool) -> tuple[RuleRow, ...]:  # noqa: FBT001  (a key of the cache)
    return tuple(_row(rule, is_dutch=is_dutch) for rule in all_rules())


def _row(rule: Rule, *, is_dutch: bool) -> RuleRow:
    dutch, english = rule.sentence.with_gaps()
    return RuleRow(
        id=rule.newest_id,
        sentence=dutch if is_dutch else english,
        link=rule.link,
        severities=tuple(
            (rule_set.value.removeprefix("adr-"), str(severity))
            for rule_set, severity in rule.severities.items()
        ),
        stricter=bool(rule.inert_in),
        good=_written(rule.good),
        bad=_written(rule.bad),
    )


def _written(example: Any) -> str:
    text = json.dumps(example, indent=2, ensure_ascii=False)
    is_long = len(text) > _LONGEST_EXAMPLE
    return f"{text[:_LONGEST_EXAMPLE]} …" if is_long else text
