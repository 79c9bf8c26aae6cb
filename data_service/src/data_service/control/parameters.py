"""Query parameters of the control API: unknown ones are refused by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from rest_framework.request import Request

from data_service.querying.parameters import read_pairs, refuse_others
from data_service.schemas.parsing import DATASET_ID
from shared.problems import BadRequestError, Fault

PAGING = ("page", "pageSize")
ID_SCHEMA = {"type": "string", "pattern": f"^{DATASET_ID.pattern}$", "maxLength": 100}


def check_parameters(request: Request, known: Collection[str] = ()) -> None:
    """Raise BadRequestError for each parameter that is not known, or sent twice."""
    pairs = read_pairs(request.META.get("QUERY_STRING", ""))
    refuse_others(pairs, dict.fromkeys(known))
    counts = Counter(name for name, _ in pairs)
    faults = [
        Fault(name, "given more than once", accepted="one value")
        for name, count in counts.items()
        if count > 1
    ]
    if faults:
        raise BadRequestError(faults=faults)


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
    value = request.query_params.get(name)
    if value is None or (DATASET_ID.fullmatch(value) and len(value) <= 100):
        return
    reason = f"'{value[:60]}' is no id of a dataset"
    accepted = "a small letter, then letters and digits"
    raise BadRequestError(faults=[Fault(name, reason, accepted=accepted)])
