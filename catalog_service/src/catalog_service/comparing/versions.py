"""Compare two versions of an API, at most once.

What a version changed to the one before it is kept in the database: the job makes it,
or whoever asks first. Other pairs are kept by the process for a while, so that nobody
fills the database by asking.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from catalog_service import examining
from catalog_service.diffing import Level
from catalog_service.documents import DocumentError, OverLimitsError
from catalog_service.examining import Compared
from catalog_service.models import Comparison, Version

# Raise it when something else is found, or told otherwise: all are made anew.
FORM = 3
_KEPT = 16


def compare_versions(old: Version, new: Version) -> Compared:
    """Return what changed; raises DocumentError when it is too much to compare.

    The day on which the newer document came decides which sunset dates were past.
    """
    if new.number - old.number != 1:
        return _compared(old.pk, new.pk)
    kept = _kept(new) or _keep(old, new)
    if kept.told is None:
        raise OverLimitsError(kept.refused)
    return Compared(**kept.told)


def is_at_hand(old: Version, new: Version) -> bool:
    """Tell whether comparing costs nothing any more."""
    if old.pk == new.pk:
        return True
    is_known = Comparison.objects.filter(pk=new.pk, form=FORM).exists()
    return new.number - old.number == 1 and is_known


def compare_missing(*, at_most: int) -> int:
    """Compare versions with the one before them where nobody did; return how many."""
    missing = Version.objects.filter(number__gt=1).exclude(comparison__form=FORM)
    chosen = list(missing.defer("facts", "findings").order_by("-id")[:at_most])
    for new in chosen:
        old = Version.objects.get(api_id=new.api_id, number=new.number - 1)
        _keep(old, new)
    return len(chosen)


@lru_cache(maxsize=_KEPT)
def _compared(old_id: int, new_id: int) -> Compared:
    return _compare(*(Version.objects.get(pk=pk) for pk in (old_id, new_id)))


def _kept(new: Version) -> Comparison | None:
    return Comparison.objects.filter(pk=new.pk, form=FORM).first()


def _keep(old: Version, new: Version) -> Comparison:
    values: dict[str, Any]
    try:
        compared = _compare(old, new)
    except DocumentError as error:
        values = {"breaking": None, "told": None, "refused": str(error)}
    else:
        told = {**vars(compared), "changes": list(compared.changes)}
        breaking = compared.counts[str(Level.BREAKING)]
        values = {"breaking": breaking, "told": told, "refused": ""}
    kept, _ = Comparison.objects.update_or_create(
        pk=new.pk, defaults={"form": FORM, **values}
    )
    return kept


def _compare(old: Version, new: Version) -> Compared:
    day: date = new.fetched_at.date()
    return examining.compare(bytes(old.raw), bytes(new.raw), today=day)
