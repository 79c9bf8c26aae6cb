"""What changed between two versions, on pages and in feeds."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from documents import bridges, broken_bridges, wider_bridges
from factories import make_api

from catalog_service.comparing.versions import compare_missing
from catalog_service.documents import OverLimitsError
from catalog_service.models import Api
from shared.testing.assertions import assert_problem

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def api() -> Api:
    """An API of three versions, of which the second breaks clients."""
    api = make_api(bridges())
    make_api(broken_bridges("2.0.0"), document_url=api.document_url)
    return make_api(wider_bridges("3.0.0"), document_url=api.document_url)


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_it_shows_both_sides_of_a_change(client: Client, api: Api) -> None:
    page = read(client, f"/apis/{api.slug}/diff?from=1&to=2")

    assert "<code>DELETE /bridges</code>" in page
    assert "operation-removed" in page
    assert "<code>/paths/~1bridges/delete</code>, line 1" in page
    assert "&quot;description&quot;: &quot;Gone&quot;" in page
    assert "Version 2.0.0 fits the changes since 1.0.0." in page


def test_it_lets_people_choose_two_versions(client: Client, api: Api) -> None:
    page = read(client, f"/apis/{api.slug}/diff?from=2.0.0&to=3.0.0")

    assert '<option value="2" selected>2 (2.0.0)</option>' in page
    assert '<option value="3" selected>3 (3.0.0)</option>' in page
    assert "Other changes" in page


def test_it_shows_the_newest_by_itself(client: Client, api: Api) -> None:
    page = read(client, f"/apis/{api.slug}/diff")

    assert f'/v1/apis/{api.pk}/diff?from=2&amp;to=3"' in page


def test_it_says_that_nothing_changed(client: Client, api: Api) -> None:
    page = read(client, f"/apis/{api.slug}/diff?from=1&to=1")

    assert "Nothing changed that clients can notice." in page


def test_it_pages_through_many_changes(client: Client) -> None:
    document = bridges("2.0.0")
    document["paths"] |= {f"/{n}": document["paths"]["/bridges"] for n in range(40)}
    api = make_api(bridges())
    make_api(document, document_url=api.document_url)

    first, second = (
        read(client, f"/apis/{api.slug}/diff?page={page}") for page in (1, 2)
    )

    assert "Page 1 of 2" in first
    assert "Page 2 of 2" in second
    assert_problem(client.get(f"/apis/{api.slug}/diff?page=3"), 404)


def test_it_shows_hostile_texts_as_texts(client: Client) -> None:
    old, new = bridges(SCRIPT), broken_bridges(SCRIPT)
    old["paths"][f"/{SCRIPT}"] = {"get": {"responses": {}, "summary": SCRIPT}}
    api = make_api(old)
    make_api(new, document_url=api.document_url)

    page = read(client, f"/apis/{api.slug}/diff")

    assert SCRIPT not in page
    assert "&lt;script&gt;alert(1)" in page


def test_it_says_what_is_too_much(
    client: Client, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OverLimitsError("took more than 10 seconds")

    monkeypatch.setattr("catalog_service.examining.compare", refuse)

    page = read(client, f"/apis/{api.slug}/diff")

    assert "could not be compared: took more than 10 seconds." in page


def test_it_knows_no_other_version(client: Client, api: Api) -> None:
    alone = make_api()

    unknown = client.get(f"/apis/{api.slug}/diff?from=9")
    assert_problem(unknown, 404, in_detail="There are: 3 (3.0.0), 2 (2.0.0)")
    assert_problem(client.get(f"/apis/{alone.slug}/diff"), 404)
    assert_problem(client.get("/apis/none/diff"), 404)


def test_it_limits_work_that_nobody_did_yet(
    client: Client, api: Api, settings: Any
) -> None:
    settings.SEARCHES_PER_MINUTE = 1
    page = f"/apis/{api.slug}/diff"

    statuses = [client.get(f"{page}?from={n}").status_code for n in (1, 2)]

    assert statuses == [200, 429]


def test_it_marks_the_versions_that_break(client: Client, api: Api) -> None:
    place = f"/apis/{api.slug}"
    before = read(client, place)
    compare_missing(at_most=10)
    after = read(client, place)

    assert f'href="{place}/diff?to=2"' in before
    assert f'href="{place}/diff?to=1"' not in before
    marks = [
        page.count('<span class="tag tag-bad">breaking') for page in (before, after)
    ]
    assert marks == [0, 1]


def test_it_tells_in_feeds_which_versions_break(client: Client, api: Api) -> None:
    place = f"/v1/apis/{api.pk}/feed.atom"
    etag = client.get(place)["ETag"]
    compare_missing(at_most=10)

    response = client.get(place, headers={"If-None-Match": etag})

    entries = ElementTree.fromstring(response.content).findall(f"{ATOM}entry")  # noqa: S314
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        "Bridges: version 3.0.0",
        "Bridges: version 2.0.0 (breaks clients)",
        "Bridges: new in the catalogue",
    ]
    terms = [
        [each.get("term") for each in entry.findall(f"{ATOM}category")][2:]
        for entry in entries
    ]
    assert terms == [["compatible"], ["breaking"], []]
