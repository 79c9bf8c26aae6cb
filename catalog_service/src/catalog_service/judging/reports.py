"""Lint documents in a reader, keep the reports, and keep scores in step with them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Subquery, When
from django.utils import timezone

from catalog_service import examining
from catalog_service.documents import DocumentError
from catalog_service.linting import DEFAULT_RULE_SET, Explanation, RuleSet, edition
from catalog_service.models import Api, Deviation, LintReport, Version

from .judgements import Judgement, Reason, judge

_CACHED = 16
# What a reader tells and a report keeps.
_TOLD = ("rule_set", "edition", "findings", "omitted", "explanations", "refused")


def lint(raw: bytes, rule_set: str = DEFAULT_RULE_SET) -> dict[str, Any]:
    """Have a reader lint a document; one that is too much for it is refused."""
    try:
        return examining.lint(raw, rule_set)
    except DocumentError as error:
        return {"rule_set": rule_set, "edition": edition(), "refused": str(error)}


def stored_judgement(version: Version, rule_set: RuleSet) -> Judgement | None:
    """Return how a version does by its report, or nothing when there is none."""
    report = LintReport.objects.filter(version=version, rule_set=rule_set).first()
    if report is None:
        return None
    told = {name: getattr(report, name) for name in _TOLD}
    return judge(told, reasons_of(version.api_id), made_at=report.made_at)


def judgement_now(version: Version, rule_set: RuleSet) -> Judgement:
    """Lint a version, or remember what that told; return how it does."""
    told = _linted(version.pk, str(rule_set), edition())
    return judge(told, reasons_of(version.api_id))


def reasons_of(api_id: int) -> tuple[Reason, ...]:
    """Return what the catalogue has recorded of an API's deviations."""
    found = Deviation.objects.filter(api_id=api_id).order_by("id")
    return tuple(
        Reason(
            Explanation(each.rule, each.reason, each.pointer),
            each.explained_by,
            each.explained_at,
        )
        for each in found
    )


def keep_report(version: Version, told: Mapping[str, Any]) -> None:
    """Keep what a reader told of a version; the caller has locked its API."""
    learnt = {name: told[name] for name in _TOLD if name in told}
    report = LintReport(version=version, made_at=timezone.now(), **learnt)
    _score(report, reasons_of(version.api_id))
    report.save()
    show_score(version.api_id)


@transaction.atomic
def score_again(api_id: int) -> None:
    """Score every version of an API: its explanations are others now."""
    Api.objects.select_for_update().get(pk=api_id)
    reasons = reasons_of(api_id)
    reports = LintReport.objects.filter(version__api_id=api_id).order_by("pk")
    for report in reports.iterator(chunk_size=10):
        _score(report, reasons)
        report.save(update_fields=["score", "bare_score", "counts"])
    show_score(api_id)


def show_score(api_id: int) -> None:
    """Keep with the API how its current version does, to be searched."""
    current = LintReport.objects.filter(version__api__current=F("version"))
    own = current.filter(version__api=api_id).values("score")
    Api.objects.filter(pk=api_id).update(score=Subquery(own[:1]))


def lint_missing(*, at_most: int) -> int:
    """Lint versions that have no report of these rules; return how many.

    After an upgrade that knows other rules; current versions go first.
    """
    missing = Version.objects.filter(api__removed_at=None)
    missing = missing.exclude(lint_report__edition=edition())
    is_current = Case(When(api__current=F("pk"), then=True), default=False)
    chosen = missing.order_by(is_current.desc(), "pk").values_list("pk", flat=True)
    return sum(_lint_again(pk) for pk in list(chosen[:at_most]))


def _lint_again(version_id: int) -> bool:
    version = Version.objects.only("raw", "api_id").filter(pk=version_id).first()
    if version is None:
        return False
    told = lint(bytes(version.raw))
    with transaction.atomic():
        Api.objects.select_for_update().get(pk=version.api_id)
        keep_report(version, told)
    return True


def _score(report: LintReport, reasons: tuple[Reason, ...]) -> None:
    """Work out what a report is shown by."""
    judgement = judge({name: getattr(report, name) for name in _TOLD}, reasons)
    report.score = judgement.score
    report.bare_score = judgement.bare_score
    report.counts = judgement.counts


@lru_cache(maxsize=_CACHED)
def _linted(version_id: int, rule_set: str, _edition: str) -> dict[str, Any]:
    raw = Version.objects.values_list("raw", flat=True).get(pk=version_id)
    return lint(bytes(raw), rule_set)
