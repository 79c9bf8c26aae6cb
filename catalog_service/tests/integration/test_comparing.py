"""Comparisons that are kept: once, by whoever is first."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from documents import bridges, broken_bridges, wider_bridges
from factories import make_api

from catalog_service import examining
from catalog_service.comparing.versions import compare_missing, compare_versions
from catalog_service.documents import OverLimitsError
from catalog_service.models import Api, Comparison, Version
from catalog_service.tasks import compare_versions as job

pytestmark = pytest.mark.django_db


@pytest.fixture
def api() -> Api:
    """An API of three versions."""
    api = make_api(bridges())
    make_api(broken_bridges(), document_url=api.document_url)
    return make_api(wider_bridges("3.0.0"), document_url=api.document_url)


def _pair(api: Api, old: int, new: int) -> tuple[Version, Version]:
    return api.versions.get(number=old), api.versions.get(number=new)


def test_the_job_compares_what_nobody_compared(api: Api) -> None:
    assert (job(0), job(0)) == (2, 0)

    kept = api.versions.filter(comparison__isnull=False).order_by("number")
    assert [v.comparison.breaking for v in kept] == [2, 0]


def test_it_compares_once(api: Api) -> None:
    first = compare_versions(*_pair(api, 1, 2))
    other = compare_versions(*_pair(api, 1, 3))

    with patch.object(examining, "compare", side_effect=AssertionError):
        assert compare_versions(*_pair(api, 1, 2)) == first
        assert compare_versions(*_pair(api, 1, 3)) == other
    assert Comparison.objects.count() == 1


def test_it_compares_anew_when_comparing_has_changed(api: Api) -> None:
    compare_missing(at_most=10)
    Comparison.objects.update(form=0, told={}, breaking=9)

    assert compare_missing(at_most=1) == 1
    assert compare_versions(*_pair(api, 1, 2)).counts["breaking"] == 2


def test_it_keeps_that_two_were_too_much(api: Api) -> None:
    error = OverLimitsError("took more than 10 seconds")
    with patch.object(examining, "compare", side_effect=error):
        compare_missing(at_most=10)

    assert compare_missing(at_most=10) == 0
    with pytest.raises(OverLimitsError, match="more than 10 seconds"):
        compare_versions(*_pair(api, 1, 2))
