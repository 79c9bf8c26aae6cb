"""All that is wrong with the parameters of a request is said at once."""

from __future__ import annotations

import pytest
from django.test import Client
from factories import make_api

from catalog_service.searching.understanding import MAX_QUERY
from shared.testing.assertions import assert_problem

pytestmark = pytest.mark.django_db

LONG = "a" * 201
TOO_MUCH = "a" * (MAX_QUERY + 1)
NO_PAGE = "page=0&pageSize=1000"


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("apis", f"{NO_PAGE}&q={TOO_MUCH}&state=x&validity=x&source=x&owner={LONG}"),
        (
            "operations",
            f"{NO_PAGE}&q={TOO_MUCH}&method=x&owner={LONG}&tag={LONG}&api=x",
        ),
        ("rules", f"{NO_PAGE}&ruleSet=x"),
        ("change-kinds", f"{NO_PAGE}&level=x"),
        ("sources", NO_PAGE),
        ("apis/{api}/versions", NO_PAGE),
        ("apis/{api}/diff", f"from={LONG}&to={LONG}&level=x"),
        ("apis/{api}/lint", f"{NO_PAGE}&ruleSet=x&severity=x&rule=x&explained=x"),
    ],
)
def test_it_names_every_fault(client: Client, path: str, query: str) -> None:
    place = path.format(api=make_api().pk)

    problem = assert_problem(client.get(f"/v1/{place}?{query}&foo=1"), 400)

    names = {part.partition("=")[0] for part in query.split("&")}
    assert {f["name"] for f in problem["invalid-params"]} == {*names, "foo"}


def test_it_names_every_fault_of_a_check(client: Client, token: dict[str, str]) -> None:
    query = f"api={LONG}&against={LONG}&failOn=x&declared=x&unknown=x"

    response = client.post(
        f"/v1/checks?{query}&foo=1", b"{}", "application/json", headers=token
    )

    faults = assert_problem(response, 400)["invalid-params"]
    names = {"api", "against", "failOn", "declared", "unknown", "foo"}
    assert {fault["name"] for fault in faults} == names


def test_it_names_every_fault_of_a_push(client: Client, token: dict[str, str]) -> None:
    path = f"/v1/apis?name={LONG}&owner={LONG}&foo=1"

    response = client.post(path, b"{}", "application/json", headers=token)

    faults = assert_problem(response, 400)["invalid-params"]
    assert {fault["name"] for fault in faults} == {"name", "owner", "foo"}
