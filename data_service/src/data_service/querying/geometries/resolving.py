"""Looks up which rows answer what a query asks of geometries.

After that a geometry is a set of ordinals, and all of the query is SQL again: paging,
counting, sorting and exports do not know that there was one. shapely and PROJ come in
here, with the first such query.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.conf import settings

from shared.problems import UnavailableError

from ..operators import Operand
from ..queries import Condition, Query
from ..snapshots import Physical
from .conditions import exact_condition
from .values import Resolved, Target

if TYPE_CHECKING:
    from .selections import Selection

# Plain = and not compare with one and the same set.
_PREDICATES = {"": "equals", "not": "equals"}


def resolve_geometries(query: Query, physical: Physical) -> Query:
    """Give the same query, with sets of ordinals for geometries."""
    if not any(isinstance(c.value, Target) for c in query.conditions):
        return query
    resolved = tuple(_resolve(c, physical) for c in query.conditions)
    return replace(query, conditions=resolved)


def known_ordinals(query: Query) -> Resolved | None:
    """Give the rows of a query that asks for a geometry and nothing else."""
    if query.sort or len(query.conditions) != 1:
        return None
    (condition,) = query.conditions
    is_positive = condition.operator.name != "not"
    found = condition.value
    return found if is_positive and isinstance(found, Resolved) else None


def _resolve(condition: Condition, physical: Physical) -> Condition:
    target = condition.value
    if not isinstance(target, Target):
        return condition
    from .remembering import LOOKUPS

    name = condition.operator.name
    predicate = _PREDICATES.get(name, name)
    key = (physical.id, condition.field.id, predicate, target)
    patience = settings.STATEMENT_TIMEOUT_MS / 1000
    try:
        found = LOOKUPS.get(
            key,
            lambda: _look_up(physical, condition, predicate, target),
            patience=patience,
        )
    except TimeoutError as error:
        detail = "Others wait for the same geometry; ask again later."
        raise UnavailableError(detail) from error
    return replace(condition, value=found)


def _look_up(
    physical: Physical, condition: Condition, predicate: str, target: Target
) -> Selection:
    from .matching import match_exactly, match_rows

    exact = exact_condition(Operand(condition.field), predicate, target)
    if exact is not None:
        return match_exactly(physical, *exact)
    return match_rows(physical, condition.field, predicate, target)
