"""Query parameters: unknown ones are refused by name."""

from __future__ import annotations

from collections.abc import Collection

from django.http import QueryDict

from shared.problems import BadRequestError, Fault

PAGING = frozenset({"page", "pageSize"})


def check_names(parameters: QueryDict, known: Collection[str]) -> None:
    """Raise BadRequestError naming each parameter that is not known, or sent twice."""
    accepted = ", ".join(sorted(known)) or "none"
    faults = [
        Fault(name or "(empty)", "is no parameter here", accepted=accepted)
        for name in parameters
        if name not in known
    ]
    faults += [
        Fault(name, "is given more than once", accepted="one value")
        for name, values in parameters.lists()
        if name in known and len(values) > 1
    ]
    if faults:
        raise BadRequestError(faults=faults[:100])
