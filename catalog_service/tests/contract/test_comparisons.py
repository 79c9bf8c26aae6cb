"""What changed between two versions, over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from documents import bridges, broken_bridges, wider_bridges
from factories import make_api

from catalog_service.examining import running
from catalog_service.models import Api
from shared.testing.assertions import assert_problem

pytestmark = pytest.mark.django_db


def make_versions(*documents: dict[str, Any]) -> Api:
    api = make_api(documents[0])
    for document in documents[1:]:
        make_api(document, document_url=api.document_url)
    return api


def test_it_tells_what_breaks_case_19(client: Client) -> None:
    api = make_versions(bridges(), broken_bridges())

    answer = client.get(f"/v1/apis/{api.pk}/diff?from=1&to=2").json()

    assert answer["breaking"] is True
    assert answer["summary"] == {"breaking": 2, "warning": 0, "info": 0}
    operation, removed = answer["changes"]
    assert (operation["id"], operation["method"]) == ("operation-removed", "DELETE")
    assert operation["path"] == "/bridges"
    assert operation["messages"]["nl"].startswith("DELETE /bridges is vervallen")
    assert operation["pointerFrom"] == "/paths/~1bridges/delete"
    assert removed["id"] == "response-required-property-removed"
    assert (removed["level"], removed["place"]) == ("breaking", "response")
    assert removed["pointerTo"].startswith("/paths/~1bridges/get/responses/200")


def test_it_tells_the_same_again_case_19(client: Client) -> None:
    api = make_versions(bridges(), broken_bridges())
    place = f"/v1/apis/{api.pk}/diff"

    assert client.get(place).content == client.get(f"{place}?from=1&to=2").content
    same = client.get(f"{place}?from=2&to=2").json()
    assert (same["breaking"], same["changes"]) == (False, [])


@pytest.mark.parametrize(
    ("document", "suggested", "changes"),
    [
        (wider_bridges("1.1.0"), "minor", 1),
        (bridges("1.0.1", description="Other words"), "patch", 0),
        (broken_bridges("2.0.0"), "major", 2),
    ],
)
def test_it_says_which_part_of_the_version_to_raise_case_21(
    client: Client, document: dict[str, Any], suggested: str, changes: int
) -> None:
    api = make_versions(bridges(), document)

    answer = client.get(f"/v1/apis/{api.pk}/diff").json()

    assert len(answer["changes"]) == changes
    assert answer["version"]["suggested"] == suggested
    assert answer["version"]["agrees"] is True


def test_it_says_that_the_version_was_not_raised_case_22(client: Client) -> None:
    api = make_versions(bridges(), broken_bridges())

    version = client.get(f"/v1/apis/{api.pk}/diff").json()["version"]

    assert (version["verdict"], version["agrees"]) == ("not-raised", False)
    assert "ask for a major step" in version["message"]


def test_it_compares_any_two(client: Client) -> None:
    api = make_versions(bridges(), broken_bridges("2.0.0"), bridges("3.0.0"))
    place = f"/v1/apis/{api.pk}/diff"

    assert client.get(f"{place}?from=1.0.0&to=3.0.0").json()["changes"] == []
    back = client.get(f"{place}?from=3&to=2").json()
    assert (back["from"]["number"], back["to"]["label"]) == (3, "2.0.0")
    assert back["breaking"] is True
    assert client.get(f"{place}?from=2&to=2").json()["changes"] == []
    assert client.get(place).json()["from"]["number"] == 2


def test_it_tells_those_of_a_level(client: Client) -> None:
    api = make_versions(bridges(), wider_bridges())

    answer = client.get(f"/v1/apis/{api.pk}/diff?level=breaking").json()

    assert (answer["changes"], answer["summary"]["info"]) == ([], 1)


def test_it_writes_a_release_note(client: Client) -> None:
    api = make_versions(bridges(), broken_bridges("2.0.0", description="*"))

    response = client.get(
        f"/v1/apis/{api.pk}/diff", headers={"Accept": "text/markdown"}
    )

    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    note = response.content.decode()
    assert note.startswith("# Bridges: 1.0.0 → 2.0.0\n")
    assert "## Breaking" in note
    assert "- GET /bridges: " in note


def test_it_names_the_versions_that_there_are(client: Client) -> None:
    api = make_versions(bridges(), broken_bridges())
    place = f"/v1/apis/{api.pk}/diff"

    unknown = client.get(f"{place}?from=9")
    problem = assert_problem(unknown, 404, name="from", in_detail="no version 9")

    assert problem["invalid-params"][0]["accepted"] == "2 (1.0.0), 1 (1.0.0)"
    assert_problem(client.get(f"{place}?to=x"), 404, name="to")


def test_it_needs_two_versions(client: Client) -> None:
    alone = make_api(bridges())
    now = alone.changed_at
    never = Api.objects.create(slug="n", title="N", changed_at=now, seen_at=now)

    before = client.get(f"/v1/apis/{alone.pk}/diff")
    assert_problem(before, 404, in_detail="Before version 1")
    assert_problem(client.get(f"/v1/apis/{never.pk}/diff"), 404, in_detail="ever read")
    assert_problem(client.get("/v1/apis/0/diff"), 404)


@pytest.mark.parametrize(
    ("query", "name"),
    [("level=all", "level"), ("from=" + "1" * 201, "from"), ("form=1", "form")],
)
def test_it_names_what_is_wrong(client: Client, query: str, name: str) -> None:
    api = make_versions(bridges(), broken_bridges())

    assert_problem(client.get(f"/v1/apis/{api.pk}/diff?{query}"), 400, name=name)


def test_it_limits_work_that_nobody_did_yet(client: Client, settings: Any) -> None:
    settings.SEARCHES_PER_MINUTE = 1
    api = make_versions(bridges(), broken_bridges(), wider_bridges())
    place = f"/v1/apis/{api.pk}/diff"

    assert client.get(place).status_code == 200
    assert client.get(place).status_code == 200
    assert_problem(client.get(f"{place}?from=1&to=3"), 429)


def test_it_sends_away_whom_it_has_no_reader_for(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = make_versions(bridges(), broken_bridges())
    monkeypatch.setattr(running._pool(), "longest_line", 0)

    for place in (f"/v1/apis/{api.pk}/diff", f"/apis/{api.slug}/diff"):
        response = client.get(place)
        assert_problem(response, 503, in_detail="Too much is asked")
        assert response["Retry-After"]
    monkeypatch.setattr(running._pool(), "longest_line", 1)
    assert client.get(f"/v1/apis/{api.pk}/diff").status_code == 200


def test_it_says_what_is_too_much(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = make_versions(bridges(), broken_bridges())
    monkeypatch.setattr(
        "catalog_service.examining.running.run.__kwdefaults__", {"seconds": 0.0}
    )

    assert_problem(client.get(f"/v1/apis/{api.pk}/diff"), 422, in_detail="too")
    assert_problem(client.get(f"/v1/apis/{api.pk}/diff"), 422, in_detail="too")


def test_it_knows_what_the_client_has(client: Client) -> None:
    api = make_versions(bridges(), broken_bridges())
    place = f"/v1/apis/{api.pk}/diff"
    headers = {"If-None-Match": client.get(place)["ETag"]}

    same = client.get(place, headers=headers)
    other = client.get(f"{place}?level=info", headers=headers)
    note = client.get(place, headers={**headers, "Accept": "text/markdown"})

    assert [each.status_code for each in (same, other, note)] == [304, 200, 200]


def test_it_tells_in_the_language_of_the_client(client: Client) -> None:
    api = make_versions(bridges(), broken_bridges())
    place = f"/v1/apis/{api.pk}/diff"

    dutch = client.get(place, headers={"Accept-Language": "nl"})
    headers = {"If-None-Match": dutch["ETag"]}
    same = client.get(place, headers={**headers, "Accept-Language": "nl"})

    assert (dutch["Content-Language"], same["Content-Language"]) == ("nl", "nl")
    assert "Accept-Language" in dutch["Vary"]
    for told in dutch.json()["changes"]:
        assert told["message"] == told["messages"]["nl"] != told["messages"]["en"]
    assert (same.status_code, same["Vary"]) == (304, dutch["Vary"])
    assert client.get(place, headers=headers).status_code == 200
