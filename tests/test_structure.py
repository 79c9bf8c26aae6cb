"""The repository keeps the rules of the guide; a failure shows the rule's text."""

from pathlib import Path

import pytest
from house_rules import RULES, House, Rule, breaches

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("check", RULES, ids=lambda check: check.__name__)
def test_it_keeps_the_rule(check: Rule) -> None:
    broken = breaches(check, House(ROOT))

    assert not broken, broken


def test_it_has_a_text_for_every_rule() -> None:
    assert all((check.__doc__ or "").endswith(".") for check in RULES)
