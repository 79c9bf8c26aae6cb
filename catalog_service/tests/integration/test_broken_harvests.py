"""What is written down of a harvest that did not come to its end."""

from __future__ import annotations

import pytest
from factories import make_source
from providers import Provider

from catalog_service.harvesting import sources as harvesting
from catalog_service.harvesting.sources import harvest_source
from catalog_service.models import Harvest, Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(provider: Provider) -> Source:
    """A source that lists nothing."""
    return make_source(url=provider.list_documents())


def test_it_says_so_when_all_of_a_harvest_fails(
    source: Source, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(harvesting, "read_listing", None)

    run = harvest_source(source.pk, by="test")

    run.refresh_from_db()
    source.refresh_from_db()
    assert (run.state, run.message) == ("failed", "an error on our side")
    assert (source.state, source.message) == ("failing", "an error on our side")
    assert source.failures == 1
    assert [record.levelname for record in caplog.records].count("ERROR") == 1


def test_it_closes_what_a_killed_worker_left_open(source: Source) -> None:
    left = Harvest.objects.create(source=source)

    harvest_source(source.pk, by="test")

    left.refresh_from_db()
    assert (left.state, left.message) == ("failed", "it was broken off")
    assert left.finished_at is not None


def test_it_leaves_the_harvests_of_others_alone(source: Source) -> None:
    other = Harvest.objects.create(source=make_source())

    harvest_source(source.pk, by="test")

    other.refresh_from_db()
    assert other.state == "running"
