"""Record why an API does not keep a rule, and take that back; all is recorded."""

from __future__ import annotations

from django.db import transaction

from catalog_service.auditing.recording import record
from catalog_service.judging.reports import score_again
from catalog_service.linting import Explanation
from catalog_service.models import Api, Change, Deviation, listed_apis

from .apis import Account, check_account
from .errors import DeviationKnownError, TooManyDeviationsError

MAX_DEVIATIONS = 100


@transaction.atomic
def explain_deviation(api_id: int, wanted: Explanation, *, by: Account) -> Deviation:
    """Record an explanation; its findings no longer lower the score.

    Raises NotOwnerError, DeviationKnownError and TooManyDeviationsError.
    """
    api = _locked(api_id, by)
    known = api.deviations.filter(rule=wanted.rule, pointer=wanted.pointer).first()
    if known is not None:
        raise DeviationKnownError(known.pk)
    if api.deviations.count() >= MAX_DEVIATIONS:
        raise TooManyDeviationsError
    made = Deviation.objects.create(
        api=api,
        rule=wanted.rule,
        pointer=wanted.pointer,
        reason=wanted.reason,
        explained_by=by.name,
    )
    record(api, Change.Kind.DEVIATION, by=by.name, after=_told(made))
    score_again(api.pk)
    return made


@transaction.atomic
def remove_deviation(deviation: Deviation, *, by: Account) -> None:
    """Take an explanation back; its findings count again. Raises NotOwnerError."""
    api = _locked(deviation.api_id, by)
    before = _told(deviation)
    forgotten, _ = api.deviations.filter(pk=deviation.pk).delete()
    if not forgotten:
        return  # somebody was faster
    record(api, Change.Kind.DEVIATION, by=by.name, before=before)
    score_again(api.pk)


def _locked(api_id: int, by: Account) -> Api:
    api = listed_apis().select_for_update().get(pk=api_id)
    check_account(api, by)
    return api


def _told(deviation: Deviation) -> dict[str, object]:
    return {
        "rule": deviation.rule,
        "pointer": deviation.pointer,
        "reason": deviation.reason,
    }
