"""What would help a question that took too long."""

from __future__ import annotations

from .queries import EXACT, Condition, Query
from .texts import read_pattern


def hint(query: Query) -> str:
    """Say what of a query to leave out or to change, in one sentence or more."""
    hints = [_about(condition) for condition in query.conditions]
    if query.count == EXACT:
        hints.append(_ON_COUNTS)
    if query.chosen_page and query.page > 1 and not query.is_plain:
        hints.append("Follow the links from page to page: a number far on is slow.")
    return " ".join(dict.fromkeys(filter(None, hints))) or _ANYTHING


_ANYTHING = "Add a filter that fewer rows fit, or ask for the whole table instead."
_ON_COUNTS = (
    "Leave _count out, or let it be an estimate: counting reads every row that fits."
)
_ON_MANY = frozenset({"not", "isnull", "isempty"})


def _about(condition: Condition) -> str:
    name = condition.operator.parameter(condition.field)
    if condition.operator.name == "like" and not read_pattern(condition.value).start:
        return f"Let the pattern of {name} begin with plain text."
    if condition.operator.name in _ON_MANY:
        return f"Add a filter beside {name} that fewer rows fit."
    return ""
