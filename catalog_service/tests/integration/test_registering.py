"""Registering sources, by command and by environment, and their jobs."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from factories import make_api, make_source
from procrastinate.contrib.django.models import ProcrastinateJob
from providers import Provider, openapi

from catalog_service.harvesting.schedule import claim
from catalog_service.models import Api, Source
from catalog_service.registering.sources import (
    HARVEST_TASK,
    register_source,
    register_sources,
    remove_source,
    request_harvest,
)
from catalog_service.tasks import harvest, refresh
from shared.fetching import AddressRefusedError, UrlRefusedError

pytestmark = pytest.mark.django_db


def run(command: str, *arguments: str) -> str:
    """Run a command and return what it says."""
    said = StringIO()
    call_command(command, *arguments, stdout=said)
    return said.getvalue()


def jobs() -> list[int]:
    """Return the sources whose harvest is asked for."""
    waiting = ProcrastinateJob.objects.filter(task_name=HARVEST_TASK, status="todo")
    return [job.args["source_id"] for job in waiting.order_by("id")]


def test_it_registers_the_well_known_place_of_an_origin() -> None:
    source = register_source("https://Host.example", owner="Works", by="me")

    assert source.url == "https://host.example/.well-known/api-catalog"
    assert (source.owner, source.registered_by, source.state) == ("Works", "me", "new")
    assert jobs() == [source.pk]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:22/",
        "http://2130706433/",
        "http://[::1]/",
        "http://intranet/x",
    ],
)
def test_it_refuses_what_is_not_public(url: str) -> None:
    with pytest.raises(AddressRefusedError):
        register_source(url, by="me")

    assert not Source.objects.exists()


@pytest.mark.parametrize("url", ["ftp://a.example", "https://a.example:8443/", "x"])
def test_it_refuses_other_urls(url: str) -> None:
    with pytest.raises(UrlRefusedError):
        register_source(url, by="me")


def test_it_asks_for_one_harvest_at_a_time() -> None:
    source = make_source()

    request_harvest(source.pk)
    request_harvest(source.pk)

    assert jobs() == [source.pk]


def test_it_marks_the_apis_of_a_source_that_is_removed() -> None:
    source = make_source()
    api = make_api(source=source)

    remove_source(source, by="me")

    api.refresh_from_db()
    assert (api.state, api.source) == ("vanished", None)
    assert api.message == "its source was removed"


def test_it_registers_the_sources_of_the_environment_once(settings: Any) -> None:
    settings.ORGANISATION_NAME = "Works"

    first = register_sources(["http://localhost:8001", "https://a.example/x"], by="me")
    again = register_sources(["http://localhost:8001/"], by="me")

    assert [source.url for source in first] == [
        "http://localhost:8001/.well-known/api-catalog",
        "https://a.example/x",
    ]
    assert (again, first[0].owner) == ([], "Works")


def test_the_command_registers_the_sources_of_the_environment(settings: Any) -> None:
    settings.SOURCES = ("https://a.example/x",)

    assert "1 sources, 1 new" in run("register_sources")
    assert "1 sources, 0 new" in run("register_sources")

    settings.SOURCES = ("ftp://a",)
    with pytest.raises(CommandError, match="SOURCES: scheme of the URL"):
        run("register_sources")


def test_the_command_adds_a_source(provider: Provider) -> None:
    said = run("add_source", provider.origin, "--owner", "Works")

    source = Source.objects.get()
    assert source.url in said
    assert (source.owner, jobs()) == ("Works", [source.pk])
    with pytest.raises(CommandError, match=f"registered already, with id {source.pk}"):
        run("add_source", provider.origin)


def test_the_command_says_why_it_adds_no_source() -> None:
    with pytest.raises(CommandError, match="no public address"):
        run("add_source", "http://localhost:1/")


def test_the_command_harvests(provider: Provider) -> None:
    make_source(url=provider.serve("/a.json", openapi()))
    make_source(url=provider.list_documents("/a.json", "/b.json"))

    said = run("harvest")

    assert "/a.json: 1 documents, 1 changed, 0 unreadable, 0 vanished" in said
    assert "  " + provider.origin + "/b.json: the server answered 404" in said
    assert "1 documents, 0 changed" in run("harvest", f"{provider.origin}/a.json")


def test_the_command_says_what_it_could_not_harvest(provider: Provider) -> None:
    make_source(url=f"{provider.origin}/missing")

    with pytest.raises(CommandError, match="not every source"):
        run("harvest")
    with pytest.raises(CommandError, match="is no source"):
        run("harvest", f"{provider.origin}/other")
    with pytest.raises(CommandError, match="scheme"):
        run("harvest", "ftp://a")


def test_the_job_asks_for_the_sources_whose_turn_it_is() -> None:
    now = timezone.now()
    new = make_source()
    due = make_source(next_harvest_at=now - timedelta(seconds=1))
    make_source(next_harvest_at=now + timedelta(minutes=1))

    assert refresh(0) == 2
    assert sorted(jobs()) == sorted([new.pk, due.pk])
    assert refresh(0) == 0


def test_only_one_takes_a_turn() -> None:
    source = make_source()

    assert claim(source.pk, timezone.now())
    assert not claim(source.pk, timezone.now())


def test_the_job_harvests(provider: Provider) -> None:
    source = make_source(url=provider.serve("/a.json", openapi("Bridges")))

    harvest(source.pk)
    harvest(source.pk + 1)

    assert Api.objects.get().title == "Bridges"


@pytest.mark.parametrize("url", ["ftp://a.example", "http://a b", "http://é.example"])
def test_the_database_refuses_other_urls(url: str) -> None:
    with (
        pytest.raises(IntegrityError, match="source_url_is_http"),
        transaction.atomic(),
    ):
        make_source(url=url)


def test_the_database_refuses_the_same_content_twice() -> None:
    version = make_api().current
    version.pk, version.number = None, 2

    with pytest.raises(IntegrityError, match="version_content_once"):
        version.save()


def test_an_api_can_be_deleted_with_its_versions() -> None:
    make_api().delete()

    assert not Api.objects.exists()
