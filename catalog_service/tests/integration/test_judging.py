"""Reports are kept with versions, and made anew when the rules are others."""

from __future__ import annotations

from typing import Any

import pytest
from designs import bad, good
from factories import make_api

from catalog_service import examining
from catalog_service.documents import OverLimitsError
from catalog_service.judging import reports
from catalog_service.linting import edition
from catalog_service.models import Api, LintReport
from catalog_service.tasks import lint_documents

pytestmark = pytest.mark.django_db


@pytest.fixture
def over_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that is too much for its reader."""

    def refuse(raw: bytes, rule_set: str) -> dict[str, Any]:
        raise OverLimitsError("took more than 10 seconds")

    monkeypatch.setattr(examining, "lint", refuse)


def test_it_lints_what_an_upgrade_left() -> None:
    api = make_api(bad())
    make_api(good(), document_url=api.document_url)
    LintReport.objects.filter(version__number=2).delete()
    LintReport.objects.update(edition="of before", score=1)
    Api.objects.update(score=None)

    assert lint_documents(timestamp=0) == 2
    assert lint_documents(timestamp=0) == 0
    assert set(LintReport.objects.values_list("edition", flat=True)) == {edition()}
    assert Api.objects.get().score == 100
    assert LintReport.objects.get(version__number=1).score == 80


def test_it_lints_current_versions_first() -> None:
    api = make_api(bad())
    make_api(good(), document_url=api.document_url)
    LintReport.objects.all().delete()

    assert reports.lint_missing(at_most=1) == 1
    assert LintReport.objects.get().version.number == 2


def test_it_leaves_removed_apis_alone() -> None:
    make_api(bad())
    LintReport.objects.all().delete()
    Api.objects.update(removed_at="2026-01-02T00:00:00Z")

    assert reports.lint_missing(at_most=1) == 0


@pytest.mark.usefixtures("over_limits")
def test_it_admits_what_cannot_be_linted() -> None:
    api = make_api(bad())

    report = LintReport.objects.get()
    assert report.refused == "took more than 10 seconds"
    assert (report.score, report.bare_score, api.score) == (None, None, None)
    assert reports.lint_missing(at_most=1) == 0
