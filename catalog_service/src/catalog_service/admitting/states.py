"""What became of an API at its source, written down when it changes."""

from __future__ import annotations

from django.db import transaction

from catalog_service.auditing.recording import record
from catalog_service.models import Api, Change

_MAX_MESSAGE = 1_000


@transaction.atomic
def set_state(api: Api, state: str, message: str, *, by: str) -> bool:
    """Set the state of an API; return whether it was another before."""
    known = Api.objects.filter(pk=api.pk)
    is_changed = known.exclude(state=state).update(state=state)
    known.update(message=message[:_MAX_MESSAGE])
    if is_changed:
        before = {"state": str(api.state), "message": api.message}
        after = {"state": str(state), "message": message[:_MAX_MESSAGE]}
        record(api, Change.Kind.STATE, by=by, before=before, after=after)
    return bool(is_changed)
