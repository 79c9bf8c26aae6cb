"""Find the API or version in an address: there, gone, or never known."""

from __future__ import annotations

from django.db.models import F, QuerySet

from catalog_service.models import Api, Version
from shared.problems import GoneError, NotFoundError


def find_api(among: QuerySet[Api], api_id: int) -> Api:
    """Return an API; raises NotFoundError, or GoneError when it was removed."""
    api = among.filter(pk=api_id).first()
    if api is None:
        raise NotFoundError(f"There is no API {api_id}; /v1/apis lists them.")
    if api.removed_at is not None:
        raise GoneError(f"API {api_id} was removed; its audit log is kept.")
    return api


def find_version(api_id: int, number: int) -> Version:
    """Return a version without its document; raises NotFoundError or GoneError."""
    find_api(Api.objects.all(), api_id)
    found = Version.objects.filter(api_id=api_id, number=number)
    version = found.defer("raw", "facts", "findings").first()
    if version is None:
        raise NotFoundError(f"There is no version {number} of API {api_id}.")
    return version


def find_current(api_id: int) -> Version:
    """Return the version that is shown; raises NotFoundError or GoneError."""
    find_api(Api.objects.all(), api_id)
    found = Version.objects.filter(api__current=F("pk"), api_id=api_id)
    version = found.defer("raw", "facts", "findings").first()
    if version is None:
        raise NotFoundError(f"No document of API {api_id} was ever read.")
    return version
