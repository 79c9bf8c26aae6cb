"""The catalogue's own document is as sound as it asks of others (case 1)."""

from __future__ import annotations

import pytest
import yaml
from django.test import Client
from factories import make_api

from shared.testing.assertions import assert_nothing_prefilled

pytestmark = pytest.mark.django_db


def test_it_passes_its_own_lint_case_1(client: Client) -> None:
    document = client.get("/v1/openapi.json")
    api = make_api(document.content)

    body = client.get(f"/v1/apis/{api.pk}/lint").json()

    assert document["Access-Control-Allow-Origin"] == "*"
    assert api.is_valid
    assert body["counts"]["error"] == 0, body["items"]
    # Where it is reached without a certificate.
    rules = {item["rule"] for item in body["items"] if not item["explanation"]}
    assert rules <= {"nlgov:servers-use-https"}


def test_it_sends_no_parameter_that_nobody_filled_in(client: Client) -> None:
    assert_nothing_prefilled(client.get("/v1/openapi.json").json())


def test_it_is_the_same_as_yaml_case_1(client: Client) -> None:
    as_yaml = client.get("/v1/openapi.yaml").content

    assert yaml.safe_load(as_yaml) == client.get("/v1/openapi.json").json()
