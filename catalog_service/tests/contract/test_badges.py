"""Badges: small pictures that stand alone."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from designs import bad, good
from django.test import Client
from factories import make_api

from catalog_service.models import LintReport
from shared.testing.assertions import assert_problem

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"


def test_it_draws_the_score(client: Client) -> None:
    api = make_api(bad())

    response = client.get(f"/v1/apis/{api.pk}/badge.svg")

    assert response["Content-Type"] == "image/svg+xml"
    assert "max-age" in response["Cache-Control"]
    root = ElementTree.fromstring(response.content)  # noqa: S314
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "API Design Rules: 80/100"
    assert root.get("aria-label") == "API Design Rules: 80/100"
    assert b"href" not in response.content
    assert b"style" not in response.content


def test_it_is_not_sent_twice(client: Client) -> None:
    api = make_api(bad())
    place = f"/v1/apis/{api.pk}/badge.svg"
    headers = {"If-None-Match": client.get(place)["ETag"]}

    assert client.get(place, headers=headers).status_code == 304
    make_api(good(), document_url=api.document_url)
    assert client.get(place, headers=headers).status_code == 200


def test_each_version_has_its_own(client: Client) -> None:
    api = make_api(bad())
    make_api(good(), document_url=api.document_url)
    place = f"/v1/apis/{api.pk}/versions"

    assert b"80/100" in client.get(f"{place}/1/badge.svg").content
    assert b"100/100" in client.get(f"{place}/2/badge.svg").content
    assert_problem(client.get(f"{place}/3/badge.svg"), 404)


def test_it_says_when_nothing_was_judged(client: Client) -> None:
    api = make_api()
    LintReport.objects.all().delete()

    response = client.get(f"/v1/apis/{api.pk}/versions/1/badge.svg")

    assert b"not judged" in response.content


def test_it_has_a_problem_where_nothing_is(client: Client) -> None:
    api = make_api()

    assert_problem(client.get("/v1/apis/0/badge.svg"), 404)
    assert_problem(client.get(f"/v1/apis/{api.pk}/badge.svg?a=1"), 400, name="a")
    assert_problem(client.post(f"/v1/apis/{api.pk}/badge.svg"), 405)
