"""Facets: the facts by which APIs are chosen, and how many there are of each.

One row a facet; filter, count and documentation are made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast
from django.utils import timezone
from psycopg import sql

from catalog_service.documents.lifecycle import STATUSES
from catalog_service.documents.recognising import FAMILIES
from catalog_service.models import Api

MOST_VALUES = 100
SCORES = {"0-49": (0, 49), "50-79": (50, 79), "80-99": (80, 99), "100": (100, 100)}
AUTHENTICATIONS = (
    "none", "apiKey", "basic", "bearer", "http", "mutualTLS", "oauth2",
    "openIdConnect", "other",
)  # fmt: skip


@dataclass(frozen=True)
class Facet:
    """A fact to choose by: its parameter, and how PostgreSQL tells it.

    `choices` are the values that there can be; without any, every text is taken. Of a
    fact that is a list, each value counts.
    """

    name: str
    text: str
    expression: Callable[[], Any]
    choices: tuple[str, ...] = ()
    is_list: bool = False

    @property
    def column(self) -> str:
        """The name under which a statement has it."""
        return f"facet_{self.name}".lower()


@dataclass(frozen=True)
class Share:
    """A value of a facet, and how many APIs have it."""

    value: str
    count: int


def _stage() -> Case:
    """The stage in which an API is today (admitting.lifecycle.stage_of)."""
    today = timezone.now().date()
    is_retired = Q(status="retired") | Q(sunset_date__lte=today)
    is_deprecated = Q(status="deprecated") | Q(deprecated_date__lte=today)
    return Case(
        When(is_retired, then=Value("retired")),
        When(is_deprecated, then=Value("deprecated")),
        default=F("status"),
        output_field=TextField(),
    )


def _band() -> Case:
    bands = [
        When(score__gte=low, score__lte=high, then=Value(name))
        for name, (low, high) in SCORES.items()
    ]
    return Case(*bands, default=Value(""), output_field=TextField())


def _validity() -> Case:
    return Case(
        When(is_valid=True, then=Value("valid")),
        default=Value("invalid"),
        output_field=TextField(),
    )


FACETS = (
    Facet("owner", "Who answers for it.", lambda: F("owner")),
    Facet(
        "source",
        "The id of the source that lists it.",
        lambda: Cast(F("source_id"), TextField()),
    ),
    Facet(
        "oasVersion",
        "The specification that its document follows.",
        lambda: F("family"),
        FAMILIES,
    ),
    Facet("lifecycle", "The stage of its life.", _stage, STATUSES),
    Facet(
        "auth",
        "How callers make themselves known.",
        lambda: F("authentication"),
        AUTHENTICATIONS,
        is_list=True,
    ),
    Facet(
        "validity",
        "Whether its document keeps to its specification.",
        _validity,
        ("valid", "invalid"),
    ),
    Facet("score", "How well it keeps to the design rules.", _band, tuple(SCORES)),
    Facet("tag", "A tag of its operations.", lambda: F("tags"), is_list=True),
)
FACET_NAMES = tuple(facet.name for facet in FACETS)


def choose(found: QuerySet[Api], wanted: Mapping[str, str]) -> QuerySet[Api]:
    """Return those of the APIs that have all the wanted facts."""
    for facet in FACETS:
        if facet.name not in wanted:
            continue
        found = found.alias(**{facet.column: facet.expression()})
        if facet.is_list:
            found = found.filter(**{f"{facet.column}__contains": [wanted[facet.name]]})
        else:
            found = found.filter(**{facet.column: wanted[facet.name]})
    return found


def count_facets(
    found: QuerySet[Api], wanted: Mapping[str, str]
) -> dict[str, list[Share]]:
    """Count, for each value of each facet, what choosing it would give.

    The choice within a facet itself is left out: it is what could be changed. One
    statement finds once, and counts all.
    """
    columns = {facet.column: facet.expression() for facet in FACETS}
    told = found.order_by().values(**columns)
    inner, parameters = told.query.sql_with_params()
    counts = [_counting(facet, wanted) for facet in FACETS]
    statement = sql.SQL("WITH found AS MATERIALIZED ({}) {}").format(
        sql.SQL(inner), sql.SQL(" UNION ALL ").join(counts)
    )
    counted: dict[str, list[Share]] = {name: [] for name in FACET_NAMES}
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(None), parameters)
        for name, value, total in cursor.fetchall():
            if value:  # nothing is no value: no owner, no source, no score
                counted[name].append(Share(value, total))
    return counted


def _counting(facet: Facet, wanted: Mapping[str, str]) -> sql.Composed:
    """Write the counting of one facet, among what was found."""
    conditions = [
        _condition(other, wanted[other.name])
        for other in FACETS
        if other.name in wanted and other.name != facet.name
    ]
    column = sql.Identifier(facet.column)
    pattern = "(SELECT {name}, {column}, count(*) FROM found WHERE {conditions}"
    if facet.is_list:
        pattern = (
            "(SELECT {name}, each, count(*) FROM found, unnest({column}) AS each"
            " WHERE {conditions}"
        )
    pattern += " GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT {most})"
    return sql.SQL(pattern).format(
        name=_text(facet.name),
        column=column,
        conditions=sql.SQL(" AND ").join([sql.SQL("true"), *conditions]),
        most=sql.Literal(MOST_VALUES),
    )


def _condition(facet: Facet, value: str) -> sql.Composed:
    pattern = "{value} = ANY ({column})" if facet.is_list else "{column} = {value}"
    return sql.SQL(pattern).format(
        value=_text(value), column=sql.Identifier(facet.column)
    )


def _text(value: str) -> sql.Composable:
    """Write a text as PostgreSQL's, safe beside placeholders."""
    literal = sql.Literal(value).as_string(None)
    return sql.SQL(literal.replace("%", "%%"))
