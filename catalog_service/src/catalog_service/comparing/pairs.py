"""Which two versions of an API are compared: by number, or by the label they carry."""

from __future__ import annotations

from django.db.models import QuerySet

from catalog_service.models import Api, Version

_MOST_NAMED = 20


class NoVersionError(Exception):
    """The API has no such version; `name` is the parameter, `accepted` what it has."""

    def __init__(self, name: str, message: str, accepted: str) -> None:
        super().__init__(message)
        self.name = name
        self.accepted = accepted


def find_pair(api: Api, wanted_from: str, wanted_to: str) -> tuple[Version, Version]:
    """Return two versions; by default the newest, and the one before the other.

    Raises NoVersionError.
    """
    new = find_version(api, wanted_to, name="to") if wanted_to else _newest(api)
    if wanted_from:
        return find_version(api, wanted_from, name="from"), new
    old = _versions(api).filter(number=new.number - 1).first()
    if old is None:
        message = f"Before version {new.number} of API {api.pk} there is none."
        raise NoVersionError("from", message, _named(api))
    return old, new


def find_version(api: Api, wanted: str, *, name: str) -> Version:
    """Return the version with this number, or else the newest with this label.

    Raises NoVersionError.
    """
    found = None
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 10:
        found = _versions(api).filter(number=int(wanted)).first()
    found = found or _versions(api).filter(label=wanted).order_by("-number").first()
    if found is None:
        message = f"There is no version {wanted[:100]} of API {api.pk}."
        raise NoVersionError(name, message, _named(api))
    return found


def _newest(api: Api) -> Version:
    newest = _versions(api).order_by("-number").first()
    if newest is None:
        message = f"No document of API {api.pk} was ever read."
        raise NoVersionError("to", message, "none")
    return newest


def _versions(api: Api) -> QuerySet[Version]:
    return api.versions.defer("raw", "facts", "findings")


def _named(api: Api) -> str:
    """Name the versions that there are, the newest first; of many, only those."""
    rows = _versions(api).order_by("-number").values_list("number", "label")
    named = [f"{number} ({label})" if label else str(number) for number, label in rows]
    rest = ", …" if len(named) > _MOST_NAMED else ""
    return ", ".join(named[:_MOST_NAMED]) + rest or "none"
