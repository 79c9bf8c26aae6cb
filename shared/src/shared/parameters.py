"""Query parameters: unknown ones are refused by name, with all else that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from django.http import QueryDict

from shared.paging import read_page
from shared.problems import BadRequestError, Fault

PAGING = frozenset({"page", "pageSize"})


def check_parameters(
    parameters: QueryDict, known: Collection[str], *readers: Callable[[], object]
) -> None:
    """Raise BadRequestError with the faults of all parameters.

    Which are not known or sent twice, a page that is none where there are pages, and
    whatever `readers` refuse.
    """
    faults = _name_faults(parameters, known)
    if set(known) >= PAGING:
        readers = (partial(read_page, parameters), *readers)
    faults += faults_of(*readers)
    if faults:
        raise BadRequestError(faults=faults[:100])


def faults_of(*readers: Callable[[], object]) -> list[Fault]:
    """Return the faults for which the readers raise BadRequestError."""
    faults: list[Fault] = []
    for read in readers:
        try:
            read()
        except BadRequestError as error:
            faults += error.faults
    return faults


def _name_faults(parameters: QueryDict, known: Collection[str]) -> list[Fault]:
    accepted = ", ".join(sorted(known)) or "none"
    faults = [
        Fault(name or "(empty)", "is no parameter here", accepted=accepted)
        for name in parameters
        if name not in known
    ]
    return faults + [
        Fault(name, "is given more than once", accepted="one value")
        for name, values in parameters.lists()
        if name in known and len(values) > 1
    ]
