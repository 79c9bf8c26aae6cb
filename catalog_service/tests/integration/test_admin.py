"""The admin changes sources by the same verbs as everybody else."""

from __future__ import annotations

import pytest
from django.test import Client
from factories import MOMENT, make_api, make_source

from catalog_service.models import Api, Source

pytestmark = pytest.mark.django_db

SOURCES = "/admin/catalog_service/source/"


def test_it_registers_a_source_as_it_is_kept(admin_client: Client) -> None:
    answer = admin_client.post(f"{SOURCES}add/", {"url": "https://Works.example"})

    source = Source.objects.get()
    assert answer.status_code == 302
    assert source.url == "https://works.example/.well-known/api-catalog"
    assert source.registered_by == "admin"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://name:word@example.org/x", "no user name or password"),
        ("http://127.0.0.1/x", "no public address"),
        ("https://example.org:8080/x", "80 or 443"),
        ("ftp://example.org/x", "http or https"),
    ],
)
def test_it_refuses_what_nobody_may_register(
    admin_client: Client, url: str, reason: str
) -> None:
    answer = admin_client.post(f"{SOURCES}add/", {"url": url})

    assert reason in answer.content.decode()
    assert not Source.objects.exists()


def test_it_refuses_a_source_twice(admin_client: Client) -> None:
    make_source(url="https://works.example/x")

    answer = admin_client.post(f"{SOURCES}add/", {"url": "https://WORKS.example/x"})

    assert "already exists" in answer.content.decode()


def test_it_changes_the_owner_only(admin_client: Client) -> None:
    source = make_source(url="https://works.example/x", next_harvest_at=MOMENT)
    wanted = {"url": "https://roads.example/x", "owner": "Works"}

    admin_client.post(f"{SOURCES}{source.pk}/change/", wanted)

    source.refresh_from_db()
    assert (source.url, source.owner) == ("https://works.example/x", "Works")
    assert source.next_harvest_at is None


def test_it_marks_the_apis_of_a_source_that_is_deleted(admin_client: Client) -> None:
    source = make_source()
    make_api(source=source)

    admin_client.post(f"{SOURCES}{source.pk}/delete/", {"post": "yes"})

    assert not Source.objects.exists()
    assert Api.objects.get().state == "vanished"


def test_it_marks_the_apis_of_sources_deleted_together(admin_client: Client) -> None:
    source = make_source()
    make_api(source=source)
    chosen = {"action": "delete_selected", "_selected_action": source.pk, "post": "y"}

    admin_client.post(SOURCES, chosen)

    assert not Source.objects.exists()
    assert Api.objects.get().message == "its source was removed"
