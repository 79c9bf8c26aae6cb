"""From a query string to a Query, or to every fault in it at once.

A name is a reserved one, or a field with an operator. What is neither is refused and
not ignored (OGC API Features, part 1, §7.15.8).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any
from urllib.parse import parse_qsl

from data_service.crs.systems import NamedCrs
from data_service.schemas.tables import Table
from shared.problems import BadRequestError, Fault

from .operators import operators_of
from .queries import Condition, Query
from .reserved import Context, Reserved, reserved_names
from .values import ValueFaultError

_MOST_PARAMETERS = 200
_MOST_FAULTS = 50
_NAME = re.compile(r"([^\[\]]+)(?:\[([^\[\]]+)\])?\Z")
_SHOWN = 60
Pairs = tuple[tuple[str, str], ...]
_PAGE_AND_CURSOR = Fault(
    "_cursor", "page is given too", accepted="one of page and _cursor"
)


def parse_query(
    text: str,
    table: Table,
    formats: Sequence[str],
    headers: Pairs = (),
    *,
    crs: NamedCrs | None = None,
) -> Query:
    """Read the query string of a request for rows, and the filters in its headers.

    A filter in `headers` replaces those of the same name; `crs` is that of geometries
    in filters. Raises BadRequestError with every fault.
    """
    reader = _Reader(Context(table, tuple(formats), crs), reserved_names(table))
    return reader.read(read_pairs(text), headers)


def parse_row_query(
    text: str, table: Table, formats: Sequence[str], headers: Pairs = ()
) -> Query:
    """Read the query string of a request for one row: no filters and no paging."""
    pairs, known = read_pairs(text), reserved_names(table, one_row=True)
    refuse_others(pairs, known, headers)
    return _Reader(Context(table, tuple(formats)), known).read(pairs)


def refuse_parameters(text: str) -> None:
    """Raise BadRequestError for any parameter, where none has a meaning."""
    refuse_others(read_pairs(text), {})


def refuse_others(
    pairs: Iterable[tuple[str, str]], known: Mapping[str, object], headers: Pairs = ()
) -> None:
    """Raise BadRequestError for unknown parameters, and for filters in headers."""
    faults = unknown_faults(pairs, known)
    faults += [
        Fault(_shown(name), "filters where there is one row", "header")
        for name, _ in headers
    ]
    if faults:
        raise BadRequestError(faults=faults[:_MOST_FAULTS])


def unknown_faults(
    pairs: Iterable[tuple[str, str]], known: Collection[str]
) -> list[Fault]:
    """Return a fault for each parameter that is not known."""
    accepted = ", ".join(known) or "no parameters"
    return [
        Fault(_shown(name), "unknown parameter", accepted=accepted)
        for name, _ in pairs
        if name not in known
    ][:_MOST_FAULTS]


def read_pairs(text: str) -> Pairs:
    """Split a query string; what is not UTF-8 or has NUL is refused."""
    if not text:
        return ()
    try:
        pairs = parse_qsl(
            text,
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_PARAMETERS,
        )
    except UnicodeDecodeError:
        raise _refusal("text that is not UTF-8", "percent-encoded UTF-8") from None
    except ValueError:
        accepted = f"at most {_MOST_PARAMETERS} parameters"
        raise _refusal("too many parameters", accepted) from None
    if any("\0" in name or "\0" in value for name, value in pairs):
        raise _refusal("NUL in a parameter", "text without NUL")
    return tuple(pairs)


def _refusal(reason: str, accepted: str) -> BadRequestError:
    return BadRequestError(faults=[Fault("query", reason, accepted=accepted)])


class _Reader:
    """Collects what the parameters say, and what is wrong with them."""

    def __init__(self, context: Context, reserved: Mapping[str, Reserved]) -> None:
        self._context = context
        self._reserved = reserved
        self._values: dict[str, Any] = {}
        self._conditions: list[Condition] = []
        self._faults: list[Fault] = []

    def read(self, pairs: Pairs, headers: Pairs = ()) -> Query:
        replaced = {name for name, _ in headers}
        for name, text in pairs:
            if name not in replaced:
                self._try_one(name, text, "query")
        for name, text in headers:
            self._try_one(name, text, "header")
        if self._values.keys() >= {"chosen_page", "cursor"}:
            self._faults.append(_PAGE_AND_CURSOR)
        if self._faults:
            raise BadRequestError(faults=self._faults[:_MOST_FAULTS])
        return Query(**self._values, conditions=tuple(self._conditions), pairs=pairs)

    def _try_one(self, name: str, text: str, location: str) -> None:
        try:
            self._read_one(name, text)
        except ValueFaultError as error:
            self._faults.append(_fault(name, text, error, location))

    def _read_one(self, name: str, text: str) -> None:
        reserved = self._reserved.get(name)
        if reserved is None:
            self._conditions.append(self._read_condition(name, text))
        elif reserved.attribute in self._values:
            raise ValueFaultError("one value", reason="given more than once")
        else:
            self._values[reserved.attribute] = reserved.read(text, self._context)

    def _read_condition(self, name: str, text: str) -> Condition:
        match = _NAME.match(name)
        if not match:
            raise ValueFaultError("field or field[operator]", reason="malformed name")
        field_id, operator_name = match[1], match[2] or ""
        field = self._context.table.by_id.get(field_id)
        if field is None:
            raise self._unknown_field(field_id)
        operators = {o.name: o for o in operators_of(field)}
        if operator_name not in operators:
            raise _unknown_operator(field_id, operator_name, operators)
        operator = operators[operator_name]
        value = operator.parse_in(field, text, self._context.crs)
        return Condition(field, operator, value)

    def _unknown_field(self, name: str) -> ValueFaultError:
        known = [*self._context.table.by_id, *self._reserved]
        near = get_close_matches(name[:_SHOWN], known, n=3) or known
        reason = f"Field '{name[:_SHOWN]}' does not exist"
        return ValueFaultError(", ".join(near), reason=reason)


def _unknown_operator(
    field_id: str, name: str, operators: Mapping[str, object]
) -> ValueFaultError:
    shown = f"operator '{name[:_SHOWN]}'" if name else "operator '='"
    accepted = ", ".join(o or "=" for o in operators) or "nothing: it has no filters"
    return ValueFaultError(accepted, reason=f"{shown} unknown for '{field_id}'")


def _fault(name: str, text: str, error: ValueFaultError, location: str) -> Fault:
    reason = error.reason or f"'{text[:_SHOWN]}' is not accepted"
    return Fault(_shown(name), reason, location, accepted=str(error), code=error.code)


def _shown(name: str) -> str:
    return name[:_SHOWN] or "(empty)"
