"""Find the API in an address: there, gone, or never known."""

from __future__ import annotations

from django.db.models import QuerySet

from catalog_service.models import Api
from shared.problems import GoneError, NotFoundError


def find_api(among: QuerySet[Api], api_id: int) -> Api:
    """Return an API; raises NotFoundError, or GoneError when it was removed."""
    api = among.filter(pk=api_id).first()
    if api is None:
        raise NotFoundError(f"There is no API {api_id}.")
    if api.removed_at is not None:
        raise GoneError(f"API {api_id} was removed; its audit log is kept.")
    return api
