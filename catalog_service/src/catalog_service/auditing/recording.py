"""Write the audit log, in the transaction of the change that it tells of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from catalog_service.models import Api, Change

NOBODY = "unknown"


def record(
    api: Api,
    kind: str,
    *,
    by: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Change:
    """Write down what changed; of members that stayed the same, nothing is kept."""
    old, new = dict(before or {}), dict(after or {})
    same = {key for key in old if key in new and old[key] == new[key]}
    return Change.objects.create(
        api=api,
        kind=kind,
        changed_at=timezone.now(),
        changed_by=by or NOBODY,
        before={key: value for key, value in old.items() if key not in same},
        after={key: value for key, value in new.items() if key not in same},
    )
