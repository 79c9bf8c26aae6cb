"""Query parameters of the control API: unknown ones are refused by name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from rest_framework.request import Request

from data_service.querying.parameters import read_pairs, unknown_faults
from data_service.schemas.parsing import ACCEPTED_ID, DATASET_ID, LONGEST_ID, is_id
from shared.problems import BadRequestError, Fault

ID_SCHEMA = {
    "type": "string",
    "pattern": f"^{DATASET_ID.pattern}$",
    "maxLength": LONGEST_ID,
}


def read_options(
    request: Request, schemas: Mapping[str, Any], *, others: Sequence[Fault] = ()
) -> dict[str, Any]:
    """Return the parameters that were sent; raise BadRequestError.

    One whose schema is a list of NAME=VALUE becomes an object. `others` are the faults
    of the rest of the request, to be told with those of the parameters.
    """
    repeatable = [n for n, schema in schemas.items() if schema["type"] == "array"]
    faults = [*others, *_name_faults(request, schemas, repeatable)]
    sent = [name for name in schemas if name in request.query_params]
    faults += [f for name in sent for f in _faults(request, name, schemas[name])]
    if faults:
        raise BadRequestError(faults=faults)
    return {name: _value(request, name, schemas[name]) for name in sent}


def _name_faults(
    request: Request, known: Collection[str], repeatable: Collection[str] = ()
) -> list[Fault]:
    pairs = read_pairs(request.META.get("QUERY_STRING", ""))
    counts = Counter(name for name, _ in pairs if name in known)
    return unknown_faults(pairs, known) + [
        Fault(name, "given more than once", accepted="one value")
        for name, count in counts.items()
        if count > 1 and name not in repeatable
    ]


def _faults(request: Request, name: str, schema: Mapping[str, Any]) -> list[Fault]:
    rule = schema.get("items", schema)
    values = request.query_params.getlist(name)
    if rule["type"] == "boolean":
        rule = {"enum": ["true", "false"]}
    faults = []
    for value in values:
        accepted = ""
        if "enum" in rule and value not in rule["enum"]:
            accepted = ", ".join(rule["enum"])
        elif not re.search(rule.get("pattern", ""), value):
            accepted = rule["pattern"]
        elif len(value) > rule.get("maxLength", len(value)):
            accepted = f"at most {rule['maxLength']} letters"
        if accepted:
            reason = f"'{value[:60]}' is not accepted"
            faults.append(Fault(name, reason, accepted=accepted))
    names = [value.partition("=")[0] for value in values]
    if schema["type"] == "array" and len(set(names)) < len(names):
        faults.append(Fault(name, "has a field twice: no row has two values"))
    return faults


def _value(request: Request, name: str, schema: Mapping[str, Any]) -> Any:
    values = request.query_params.getlist(name)
    if schema["type"] == "array":
        return dict(value.split("=", 1) for value in values)
    return values[0] == "true" if schema["type"] == "boolean" else values[0]


def check_choice(request: Request, name: str, choices: Collection[str]) -> str:
    """Return a parameter that is one of few, or ""; raise BadRequestError."""
    value: str = request.query_params.get(name, "")
    if name in request.query_params and value not in choices:
        accepted = ", ".join(choices)
        reason = f"'{value[:60]}' is not accepted"
        raise BadRequestError(faults=[Fault(name, reason, accepted=accepted)])
    return value


def check_id(request: Request, name: str) -> None:
    """Raise BadRequestError for a parameter that cannot be the id of a dataset."""
    if name in request.query_params:
        faults = id_faults({name: request.query_params[name]}, "query")
        if faults:
            raise BadRequestError(faults=faults)


def id_faults(ids: Mapping[str, str], location: str) -> list[Fault]:
    """Return a fault for each value, by its name, that cannot be an id."""
    return [
        Fault(name, f"'{value[:60]}' is no id", location, ACCEPTED_ID)
        for name, value in ids.items()
        if not is_id(value)
    ]
