"""Query parameters of the control API: unknown ones are refused by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from rest_framework.request import Request

from data_service.querying.parameters import read_pairs, refuse_others
from shared.problems import BadRequestError, Fault

PAGING = ("page", "pageSize")


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
