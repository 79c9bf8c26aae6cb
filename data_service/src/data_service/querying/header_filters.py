"""Filters in headers, for values that must not stand in an address.

    DSO-birth-date|gte: 2000-01-01

is the filter `birthDate[gte]=2000-01-01` (NL API Design Rules, no-sensitive-uris). The
name of a field is written with hyphens before capitals, as header names have no case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from data_service.schemas.tables import Table
from shared.problems import BadRequestError, Fault

# WSGI writes DSO-birth-date|gte so (PEP 3333, RFC 3875 §4.1.18).
_PREFIX = "HTTP_DSO_"
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def read_header_filters(
    environ: Mapping[str, object], table: Table
) -> tuple[tuple[str, str], ...]:
    """Give the filters in the headers of a request, named as in a query string.

    Raises BadRequestError for a value that is not UTF-8. A name that is no field
    comes out as it is, and is for the parser to refuse.
    """
    if not has_header_filters(environ):
        return ()  # nearly always, so the names of the fields are not written out
    fields = {_written(field.id): field.id for field in table.fields}
    return tuple(sorted(_filters(environ, fields)))


def has_header_filters(environ: Mapping[str, object]) -> bool:
    """Tell whether a request filters in its headers."""
    return any(key.startswith(_PREFIX) for key in environ)


def header_names(environ: Mapping[str, object]) -> list[str]:
    """Name the headers that filter, for Vary."""
    return sorted(
        "DSO-" + key.removeprefix(_PREFIX).lower().replace("_", "-")
        for key in environ
        if key.startswith(_PREFIX)
    )


def header_name(field_id: str, operator: str = "") -> str:
    """Name the header of a filter."""
    name = f"DSO-{_CAPITAL.sub('-', field_id).lower()}"
    return f"{name}|{operator}" if operator else name


def _filters(
    environ: Mapping[str, object], fields: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    for key, value in environ.items():
        if not key.startswith(_PREFIX):
            continue
        written, _, operator = key.removeprefix(_PREFIX).partition("|")
        name = fields.get(written, written.lower().replace("_", "-"))
        suffix = f"[{operator.lower()}]" if operator else ""
        yield name + suffix, _decoded(name, str(value))


def _decoded(name: str, value: str) -> str:
    try:
        text = value.encode("latin-1").decode()
    except UnicodeError:
        fault = Fault(name, "text that is not UTF-8", "header", accepted="UTF-8")
        raise BadRequestError(faults=[fault]) from None
    return text


def _written(field_id: str) -> str:
    return _CAPITAL.sub("_", field_id).upper()
