"""Query parameters that are one of few, a text or an id."""

from __future__ import annotations

from collections.abc import Collection

from django.http import QueryDict

from shared.problems import BadRequestError, Fault

from .values import MAX_ID


def check_choice(parameters: QueryDict, name: str, choices: Collection[str]) -> str:
    """Return a parameter that is one of few, or nothing; raise BadRequestError."""
    value = parameters.get(name, "")
    if value in choices or name not in parameters:
        return value
    accepted = ", ".join(choices)
    raise BadRequestError(faults=[Fault(name, "is not known", accepted=accepted)])


def check_text(parameters: QueryDict, name: str) -> str:
    """Return a parameter that PostgreSQL can compare; raise BadRequestError."""
    value = parameters.get(name, "")
    if "\0" not in value and len(value) <= 200:
        return value
    accepted = "at most 200 characters, without NUL"
    raise BadRequestError(faults=[Fault(name, "is no text", accepted=accepted)])


def is_id(text: str) -> bool:
    """Tell whether a parameter can be the id of something."""
    is_number = text.isascii() and text.isdigit() and len(text) < 17
    return is_number and 0 < int(text) <= MAX_ID
