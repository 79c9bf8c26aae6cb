"""The one table of operators: SQL, value, OpenAPI parameter and sentence of each.

A new operator is a new row of OPERATORS; the parser of parameters, the documents and
the tests read nothing else (ADR 0006).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from psycopg import sql

from data_service.crs.systems import NamedCrs
from data_service.schemas.tables import Field
from data_service.schemas.types import FIELD_TYPES

from .geometries.conditions import compile_exclusion, compile_selection
from .geometries.values import DISTANCE_SCHEMA, SHAPE_SCHEMA
from .lists import ITEM_PATTERN, LONGEST_ITEM, split_texts, split_values
from .texts import fold, read_pattern, sort_key, starting, starting_exactly
from .values import TEXT_SCHEMA, VALUE_TYPES, Moments, parse_boolean

Compiled = tuple[sql.Composable, tuple[Any, ...]]

_TEXTS = frozenset({"string", "string/uri"})
_ORDERED = frozenset(
    {"integer", "number", "string/date", "string/date-time", "string/time"}
)
_SCALARS = frozenset(VALUE_TYPES)
_GEOMETRIES = frozenset(t.name for t in FIELD_TYPES.values() if t.is_geometry)
_AREAS = frozenset({"Polygon", "MultiPolygon", "Geometry"})
_ARRAYS = frozenset(t.name for t in FIELD_TYPES.values() if t.item)
# What may follow the letters of a text in its sort key, and what may follow any text.
_AFTER_LETTERS, _AFTER_ALL = "\x02", "\U0010ffff"


@dataclass(frozen=True)
class Operand:
    """A field in a condition.

    Attributes:
        exact: Whether its text is compared case by case.
        sampled: Whether to leave out what PostgreSQL has no samples of: an estimate
            would take it for one more condition that few rows fit.
    """

    field: Field
    exact: bool = False
    alias: str = "f"
    sampled: bool = False

    @property
    def column(self) -> sql.Composable:
        """Write the column."""
        return sql.Identifier(self.alias, self.field.column)


@dataclass(frozen=True)
class Operator:
    """A way to compare a field with a value.

    Attributes:
        name: As in `field[name]=value`; "" is plain `=`.
        types: The names of the types of fields that have it.
        parse: From field and text to a value; raises ValueFaultError.
        compile: To a condition in SQL and its parameters.
        schema: The OpenAPI schema of the parameter.
        sentence: What it means, with {field} in it.
        is_list: Whether the value is a list with commas.
        read: Instead of `parse`, for a value that has coordinates in some CRS.
    """

    name: str
    types: frozenset[str]
    parse: Callable[[Field, str], Any]
    compile: Callable[[Operand, Any], Compiled]
    schema: Callable[[Field], Mapping[str, Any]]
    sentence: str
    is_list: bool = False
    read: Callable[[Field, str, NamedCrs | None], Any] | None = None

    def parse_in(self, field: Field, text: str, crs: NamedCrs | None) -> Any:
        """Read a value; coordinates in it are in `crs`, or in degrees without it."""
        return self.read(field, text, crs) if self.read else self.parse(field, text)

    def parameter(self, field: Field) -> str:
        """Name the parameter."""
        return f"{field.id}[{self.name}]" if self.name else field.id


def operators_of(field: Field) -> tuple[Operator, ...]:
    """Give the operators that a field has."""
    return tuple(o for o in OPERATORS if field.type.name in o.types)


def _one(field: Field, text: str) -> Any:
    return VALUE_TYPES[field.type.name].parse(text)


def _list(field: Field, text: str) -> tuple[Any, ...]:
    """Read a list of one value at least."""
    name = field.type.item or field.type.name
    split = split_texts if name in _TEXTS else split_values
    return tuple(VALUE_TYPES[name].parse(item) for item in split(text))


def _whole_list(field: Field, text: str) -> tuple[Any, ...]:
    """Read a list; no text at all is the empty one."""
    return _list(field, text) if text else ()


def _yes_or_no(_field: Field, text: str) -> bool:
    return parse_boolean(text) == "true"


def _one_schema(field: Field) -> Mapping[str, Any]:
    return VALUE_TYPES[field.type.name].schema


def _list_schema(field: Field) -> Mapping[str, Any]:
    name = field.type.item or field.type.name
    item = dict(VALUE_TYPES[name].schema)
    if name in _TEXTS:
        item |= {"pattern": ITEM_PATTERN, "maxLength": LONGEST_ITEM}
    return {"type": "array", "items": item, "minItems": 1}


def _whole_list_schema(field: Field) -> Mapping[str, Any]:
    return {**_list_schema(field), "minItems": 0}


def _yes_or_no_schema(_field: Field) -> Mapping[str, Any]:
    return VALUE_TYPES["boolean"].schema


def _text_schema(_field: Field) -> Mapping[str, Any]:
    return TEXT_SCHEMA


def _value(operand: Operand) -> sql.Composable:
    return sql.SQL("%s::" + VALUE_TYPES[operand.field.type.name].cast)


def _equal(operand: Operand, value: Any) -> Compiled:
    if isinstance(value, Moments):
        return _within(operand, value)
    column, right = operand.column, _value(operand)
    if operand.field.type.name not in _TEXTS or operand.exact:
        return sql.SQL("{} = {}").format(column, right), (value,)
    # The index is of the sort key; of what it finds, the first condition decides.
    indexed = starting(column, right, _AFTER_LETTERS)
    if operand.sampled:
        return indexed, (value, value)
    equal = sql.SQL("{} = {} AND {}").format(fold(column), fold(right), indexed)
    return equal, (value, value, value)


def _has_sort_key(operand: Operand) -> bool:
    """Tell whether a condition on the sort key is wanted too, for its index."""
    is_text = operand.field.type.name in _TEXTS
    return is_text and not (operand.exact or operand.sampled)


def _within(operand: Operand, moments: Moments) -> Compiled:
    start, start_values = _compare(">=")(operand, moments)
    end, end_values = _compare("<=")(operand, moments)
    return sql.SQL("({} AND {})").format(start, end), (*start_values, *end_values)


def _not(operand: Operand, value: Any) -> Compiled:
    equal, values = _equal(operand, value)
    return sql.SQL("({}) IS NOT TRUE").format(equal), values


def _in(operand: Operand, values: tuple[Any, ...]) -> Compiled:
    if isinstance(values[0], Moments):
        ranges = [_within(operand, moments) for moments in values]
        either = sql.SQL(" OR ").join(within for within, _ in ranges)
        return sql.SQL("({})").format(either), sum((v for _, v in ranges), ())
    condition = sql.SQL("{} = ANY({}[])").format(operand.column, _value(operand))
    if not _has_sort_key(operand):
        return condition, (list(values),)
    keys = sql.SQL("ARRAY(SELECT {} FROM unnest(%s::text[]) AS v)").format(
        sort_key(sql.Identifier("v"))
    )
    indexed = sql.SQL("{} AND {} = ANY({})").format(
        condition, sort_key(operand.column), keys
    )
    return indexed, (list(values), list(values))


def _equal_lists(operand: Operand, values: tuple[Any, ...]) -> Compiled:
    return sql.SQL("{} = {}").format(operand.column, _items(operand)), (list(values),)


def _contains(operand: Operand, values: tuple[Any, ...]) -> Compiled:
    test = "{} @> {}"
    if operand.field.type.item in _TEXTS:
        test = "kade_folded({}) @> kade_folded({})"
    return sql.SQL(test).format(operand.column, _items(operand)), (list(values),)


def _items(operand: Operand) -> sql.Composable:
    return sql.SQL("%s::" + operand.field.type.column_type)


# Against a stretch of time: before it is before its start, up to it is before its end.
_AGAINST_START = {"<": "<", ">=": ">="}
_AGAINST_END = {"<=": "<", ">": ">="}


def _compare(sign: str) -> Callable[[Operand, Any], Compiled]:
    def compile_comparison(operand: Operand, value: Any) -> Compiled:
        if isinstance(value, Moments):
            return _compare_moments(sign, operand, value)
        comparison = sql.SQL(f"{{}} {sign} {{}}")
        return comparison.format(operand.column, _value(operand)), (value,)

    return compile_comparison


def _compare_moments(sign: str, operand: Operand, moments: Moments) -> Compiled:
    start = _value(operand)
    if sign in _AGAINST_START:
        comparison = sql.SQL(f"{{}} {_AGAINST_START[sign]} {{}}")
        return comparison.format(operand.column, start), (moments.start,)
    comparison = sql.SQL(f"{{}} {_AGAINST_END[sign]} {{}} + %s::interval")
    values = (moments.start, moments.length)
    return comparison.format(operand.column, start), values


def _is_null(operand: Operand, value: object) -> Compiled:
    column = operand.column
    if not value:
        return sql.SQL("{} IS NOT NULL").format(column), ()
    if not _has_sort_key(operand):
        return sql.SQL("{} IS NULL").format(column), ()
    indexed = sql.SQL("{} IS NULL AND {} IS NULL")
    return indexed.format(column, sort_key(column)), ()


def _is_empty(operand: Operand, value: object) -> Compiled:
    test = "({0} IS NULL OR {0} = '')" if value else "{0} <> ''"
    return sql.SQL(test).format(operand.column), ()


def _like(operand: Operand, value: str) -> Compiled:
    pattern = read_pattern(value)
    column, right = operand.column, _value(operand)
    sides = (column, right) if operand.exact else (fold(column), fold(right))
    condition = sql.SQL("{} LIKE {}").format(*sides)
    if not pattern.start:
        return condition, (pattern.like,)
    # LIKE finds no index when its pattern comes as a parameter.
    start = starting_exactly if operand.exact else starting
    indexed = start(column, right, _AFTER_ALL)
    if operand.sampled:
        return indexed, (pattern.start, pattern.start)
    both = sql.SQL("{} AND {}").format(condition, indexed)
    return both, (pattern.like, pattern.start, pattern.start)


def _shape(field: Field, text: str, crs: NamedCrs | None = None) -> Any:
    from .geometries.reading import read_shape  # brings in shapely

    return read_shape(field, text, crs)


def _distance(field: Field, text: str, crs: NamedCrs | None = None) -> Any:
    from .geometries.reading import read_distance

    return read_distance(field, text, crs)


def _of_shape(name: str, sentence: str, **others: Any) -> Operator:
    """Make an operator that compares with a geometry."""
    usual: dict[str, Any] = {
        "types": _GEOMETRIES,
        "parse": _shape,
        "read": _shape,
        "compile": compile_selection,
        "schema": lambda _field: SHAPE_SCHEMA,
    }
    return Operator(name, sentence=sentence, **usual | others)


OPERATORS: tuple[Operator, ...] = (
    Operator(
        "",
        _SCALARS,
        _one,
        _equal,
        _one_schema,
        "{field} is the value; upper and lower case are equal, except in the "
        "identifier. A date as the value of a date-time means the whole day, in UTC.",
    ),
    Operator(
        "not",
        _SCALARS - {"boolean"},
        _one,
        _not,
        _one_schema,
        "{field} is not the value, or is empty.",
    ),
    Operator(
        "in",
        _SCALARS - {"boolean"},
        _list,
        _in,
        _list_schema,
        "{field} is one of the values, separated by commas; case by case. A value "
        'with a comma is quoted: "a,b".',
        is_list=True,
    ),
    Operator(
        "",
        _ARRAYS,
        _whole_list,
        _equal_lists,
        _whole_list_schema,
        "{field} is this list: the same values in the same order, case by case.",
        is_list=True,
    ),
    Operator(
        "contains",
        _ARRAYS,
        _list,
        _contains,
        _list_schema,
        "{field} has all of the values; upper and lower case are equal.",
        is_list=True,
    ),
    Operator(
        "like",
        _TEXTS,
        _one,
        _like,
        _text_schema,
        "{field} fits the pattern: * stands for any text, ? for one character; "
        r"\* and \? are the characters themselves.",
    ),
    *(
        Operator(name, _ORDERED, _one, _compare(sign), _one_schema, sentence)
        for name, sign, sentence in (
            ("gt", ">", "{field} is more, or later, than the value."),
            ("gte", ">=", "{field} is the value, or more, or later."),
            ("lt", "<", "{field} is less, or earlier, than the value."),
            ("lte", "<=", "{field} is the value, or less, or earlier."),
        )
    ),
    Operator(
        "isnull",
        _SCALARS | _GEOMETRIES,
        _yes_or_no,
        _is_null,
        _yes_or_no_schema,
        "{field} has no value (true), or has one (false).",
    ),
    Operator(
        "isempty",
        _TEXTS,
        _yes_or_no,
        _is_empty,
        _yes_or_no_schema,
        "{field} has no value or an empty text (true), or has a text (false).",
    ),
    _of_shape(
        "",
        "{field} is the same geometry as the value: it has the same points. Such as "
        "`POINT(4.9 52.37)`.",
    ),
    _of_shape(
        "not",
        "{field} is another geometry than the value, or is empty. Such as "
        "`POINT(4.9 52.37)`.",
        compile=compile_exclusion,
    ),
    _of_shape(
        "intersects",
        "{field} and the value have a point in common: x,y, WKT or GeoJSON, in the "
        "CRS of the header Accept-Crs, or in degrees. Such as `POINT(4.9 52.37)`.",
    ),
    _of_shape(
        "contains",
        "The value lies in {field}, and not only on its boundary. Such as "
        "`POINT(4.9 52.37)`.",
        types=_AREAS,
    ),
    _of_shape(
        "within",
        "{field} is at most so many metres from the point: x,y,metres or "
        "POINT(x y),metres. Such as `4.9,52.37,500`.",
        parse=_distance,
        read=_distance,
        schema=lambda _field: DISTANCE_SCHEMA,
    ),
)
