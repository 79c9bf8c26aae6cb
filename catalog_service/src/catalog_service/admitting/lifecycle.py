"""The stages of an API's life: what its document says, and what somebody set by hand.

What is set by hand stands until it is given back to the document.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from catalog_service.documents.lifecycle import ACTIVE, DEPRECATED, RETIRED
from catalog_service.models import Api

STATUS, DEPRECATED_DATE, SUNSET_DATE = "status", "deprecated", "sunset"


class LifecycleError(Exception):
    """The sunset lies before the deprecation."""


def take_over(api: Api, stated: Mapping[str, Any]) -> None:
    """Set what the document says, except for what was set by hand."""
    _set_stated(api, stated)
    if is_contradictory(api):  # a document may say what it likes
        api.deprecated_date = api.sunset_date


def set_by_hand(api: Api, wanted: Mapping[str, Any]) -> None:
    """Set status, deprecation and sunset; None gives one back to the document.

    Raises LifecycleError when the sunset would lie before the deprecation.
    """
    given_back = {name for name, value in wanted.items() if value is None}
    api.by_hand = sorted((set(api.by_hand) | set(wanted)) - given_back)
    if wanted.get(STATUS):
        api.status = wanted[STATUS]
    if wanted.get(DEPRECATED_DATE):
        api.deprecated_date = wanted[DEPRECATED_DATE]
    if wanted.get(SUNSET_DATE):
        api.sunset_date = wanted[SUNSET_DATE]
    _forget(api, given_back)
    if api.current:
        _set_stated(api, _stated(api))
    if is_contradictory(api):
        raise LifecycleError
    _date_status(api)


def is_contradictory(api: Api) -> bool:
    """Tell whether an API ends before it is deprecated."""
    if api.deprecated_date is None or api.sunset_date is None:
        return False
    return api.sunset_date < api.deprecated_date


def stage_of(api: Api, today: date | None = None) -> str:
    """Return the stage in which an API is today: a date that has come decides."""
    today = today or timezone.now().date()
    if api.status == RETIRED or (api.sunset_date and api.sunset_date <= today):
        return RETIRED
    is_deprecated = api.deprecated_date and api.deprecated_date <= today
    if api.status == DEPRECATED or is_deprecated:
        return DEPRECATED
    return api.status


def _set_stated(api: Api, stated: Mapping[str, Any]) -> None:
    if STATUS not in api.by_hand:
        api.status = str(stated["status"])
    deprecated, sunset = _day(stated["deprecated"]), _day(stated["sunset"])
    if DEPRECATED_DATE not in api.by_hand:
        api.deprecated_date = deprecated or _kept(api, api.deprecated_date, DEPRECATED)
    if SUNSET_DATE not in api.by_hand:
        api.sunset_date = sunset or _kept(api, api.sunset_date, RETIRED)


def _stated(api: Api) -> Mapping[str, Any]:
    empty = {"status": ACTIVE, "deprecated": "", "sunset": ""}
    stated: Mapping[str, Any] = (
        api.current.facts.get("lifecycle", empty) if api.current else empty
    )
    return stated


def _forget(api: Api, names: set[str]) -> None:
    if DEPRECATED_DATE in names:
        api.deprecated_date = None
    if SUNSET_DATE in names:
        api.sunset_date = None


def _date_status(api: Api) -> None:
    """Give the status of today a date: the headers need one (RFC 9745 §2)."""
    today = timezone.now().date()
    if api.status == RETIRED and api.sunset_date is None:
        api.sunset_date = max(today, api.deprecated_date or today)
    if api.status == DEPRECATED and api.deprecated_date is None:
        api.deprecated_date = min(today, api.sunset_date or today)


def _kept(api: Api, known: date | None, status: str) -> date | None:
    """A status without a date has that of the day on which it was first seen."""
    if api.status != status:
        return None
    return known or timezone.now().date()


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
