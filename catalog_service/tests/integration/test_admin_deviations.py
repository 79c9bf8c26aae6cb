"""The admin explains deviations by the same verbs as everybody else."""

from __future__ import annotations

from typing import Any

import pytest
from designs import bad
from django.test import Client
from factories import make_api

from catalog_service.models import Api, Change, Deviation

pytestmark = pytest.mark.django_db

PLACE = "/admin/catalog_service/deviation/"


def wanted(api: Api, **members: Any) -> dict[str, Any]:
    """Return what the form asks for."""
    rule = "nlgov:query-keys-camel-case"
    return {"api": api.pk, "rule": rule, "reason": "As before.", **members}


def test_it_explains_a_deviation(admin_client: Client) -> None:
    api = make_api(bad(), registered_by="works")

    answer = admin_client.post(f"{PLACE}add/", wanted(api))

    assert answer.status_code == 302
    assert Deviation.objects.get().explained_by == "admin"
    assert Api.objects.get().score == 85
    assert Change.objects.latest("id").changed_by == "admin"
    assert admin_client.get(PLACE).status_code == 200


@pytest.mark.parametrize(
    ("members", "fault"),
    [
        ({"pointer": "paths"}, "begins with /"),
        ({"reason": ""}, "required"),
        ({"rule": "oas3-schema"}, "Select a valid choice"),
    ],
)
def test_it_says_what_is_wrong(
    admin_client: Client, members: dict[str, Any], fault: str
) -> None:
    answer = admin_client.post(f"{PLACE}add/", wanted(make_api(), **members))

    assert fault in answer.content.decode()
    assert not Deviation.objects.exists()


def test_it_explains_once_and_not_too_often(admin_client: Client) -> None:
    api = make_api()
    admin_client.post(f"{PLACE}add/", wanted(api))

    again = admin_client.post(f"{PLACE}add/", wanted(api))
    Deviation.objects.bulk_create(
        Deviation(api=api, rule="x", pointer=f"/{n}", reason="x") for n in range(99)
    )
    more = admin_client.post(f"{PLACE}add/", wanted(api, pointer="/x"))

    assert "already exists" in again.content.decode()
    assert "explain rules, not places" in more.content.decode()


@pytest.mark.parametrize("at_once", [True, False])
def test_it_takes_an_explanation_back(admin_client: Client, at_once: bool) -> None:
    api = make_api(bad())
    admin_client.post(f"{PLACE}add/", wanted(api))
    number = Deviation.objects.get().pk

    if at_once:
        action = {"action": "delete_selected", "_selected_action": [number]}
        admin_client.post(PLACE, {**action, "post": "yes"})
    else:
        admin_client.post(f"{PLACE}{number}/delete/", {"post": "yes"})

    assert Api.objects.get().score == 80
    assert Change.objects.filter(kind="deviation").count() == 2


def test_it_changes_no_explanation(admin_client: Client) -> None:
    api = make_api(bad())
    admin_client.post(f"{PLACE}add/", wanted(api))

    place = f"{PLACE}{Deviation.objects.get().pk}/change/"
    assert admin_client.post(place, wanted(api, reason="Other.")).status_code == 403
