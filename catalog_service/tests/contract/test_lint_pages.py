"""The pages on design rules as a browser gets them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from designs import bad, good
from django.test import Client
from factories import make_api

from catalog_service.linting import all_rules
from catalog_service.models import Api, Deviation, LintReport, LiveCheck
from shared.testing.assertions import assert_problem

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"


def get(client: Client, path: str) -> str:
    """Get a page; return its text."""
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def with_many(count: int) -> dict[str, Any]:
    """Return a document with as many schemas that are called otherwise."""
    names = {f"a_{n}": {"type": "string"} for n in range(count)}
    return good(components={"schemas": names})


def test_the_page_of_an_api_shows_score_and_findings(client: Client) -> None:
    make_api(bad())

    page = get(client, "/apis/bridges")

    assert "Score 80 of 100." in page
    assert "4 errors" in page
    assert "<code>/paths/~1bridges~1/trace</code>" in page
    assert '<a href="/rules#nlgov:http-methods">nlgov:http-methods</a>' in page
    assert "stricter than the official linter" in page
    assert "line 1, column" in page


def test_the_page_of_an_api_stays_small(client: Client) -> None:
    make_api(with_many(150))

    page = get(client, "/apis/bridges")

    assert page.count("/rules#nlgov:schema-camel-case") == 5
    assert "All of 150 findings" in page


def test_it_says_that_nothing_was_found(client: Client) -> None:
    make_api(good())

    assert "Nothing was found." in get(client, "/apis/bridges")
    assert "Nothing was found." in get(client, "/apis/bridges/lint")


def test_it_shows_all_findings_in_pages(client: Client) -> None:
    make_api(with_many(260))

    first = get(client, "/apis/bridges/lint")
    last = get(client, "/apis/bridges/lint?severity=warn&page=4")

    assert first.count("/rules#nlgov:schema-camel-case") == 50
    assert "severity=warn&amp;page=3" in last
    assert "60 more findings of the same rules are not listed" in last
    assert_problem(client.get("/apis/bridges/lint?page=9"), 404)


def test_it_chooses_by_severity_and_version(client: Client) -> None:
    api = make_api(bad())
    make_api(good(), document_url=api.document_url)

    assert "Nothing was found" in get(client, "/apis/bridges/lint")
    page = get(client, "/apis/bridges/lint?version=1&severity=error")
    assert "Version 1 has a score of 80 of 100." in page
    assert 'aria-current="true"' in page
    assert_problem(client.get("/apis/bridges/lint?version=9"), 404)
    assert_problem(client.get("/apis/bridges/lint?version=x"), 400, name="version")
    assert_problem(client.get("/apis/bridges/lint?severity=x"), 400, name="severity")


def test_it_shows_what_is_explained(client: Client) -> None:
    rule = "nlgov:query-keys-camel-case"
    own = [{"rule": "nlgov:http-methods", "reason": f"We debug. {SCRIPT}"}]
    api = make_api(bad(**{"x-explained-deviations": own}))
    Deviation.objects.create(api=api, rule=rule, reason="Known so.", explained_by="ada")

    page = get(client, "/apis/bridges/lint?severity=explained")

    assert "Explained in the document: We debug." in page
    assert "Explained by ada: Known so." in page
    assert SCRIPT not in page
    assert "Without explanations 80." in get(client, "/apis/bridges")


def test_it_tells_a_reason_once(client: Client) -> None:
    names = {f"a_{n}": {"type": "string"} for n in range(9)}
    reason = {"rule": "nlgov:schema-camel-case", "reason": "Known so."}
    explained = {"x-explained-deviations": [reason]}
    make_api(good(components={"schemas": names}, **explained))

    page = get(client, "/apis/bridges/lint")

    assert page.count('tag-good">explained</span>') == 9
    assert page.count("Known so.") == 1


def test_it_shows_the_history_of_scores(client: Client) -> None:
    api = make_api(bad())
    make_api(good(), document_url=api.document_url)

    page = get(client, "/apis/bridges/lint")

    scores = re.findall(r"</meter> (\d+)", page)
    assert scores == ["100", "80"]


def test_it_has_a_badge_to_copy(client: Client, settings: Any) -> None:
    api = make_api(bad())

    page = get(client, "/apis/bridges/lint")

    badge = f"{settings.PUBLIC_URL}/v1/apis/{api.pk}/badge.svg"
    address = f"{settings.PUBLIC_URL}/apis/bridges/lint"
    assert f"[![API Design Rules]({badge})]({address})" in page
    assert 'alt="API Design Rules: 80 of 100"' in page


def test_it_shows_what_the_running_api_showed(client: Client) -> None:
    api = make_api(bad())
    seen = {
        "rule": "core/version-header",
        "seen": SCRIPT,
        "sentence_nl": "Zo.",
        "sentence_en": "So.",
        "link": "https://example.org",
    }
    LiveCheck.objects.create(
        api=api,
        state="done",
        url="https://api.example.org/v1/openapi.json",
        finished_at="2026-01-02T03:04:05Z",
        observations=[
            {**seen, "result": result} for result in ("passed", "failed", "undecided")
        ],
    )

    page = get(client, "/apis/bridges/lint")

    assert "Looked at on 2 January 2026, 03:04." in page
    assert "not so" in page
    assert SCRIPT not in page


def test_it_says_why_it_could_not_look(client: Client) -> None:
    api = make_api(bad())
    assert "It was not looked at yet." in get(client, "/apis/bridges/lint")

    LiveCheck.objects.create(
        api=api,
        state="failed",
        message="the server gave no proper answer",
        finished_at="2026-01-02T03:04:05Z",
    )

    page = get(client, "/apis/bridges/lint")
    assert "the server gave no proper answer" in page


def test_it_shows_what_is_not_judged(client: Client) -> None:
    make_api(bad())
    LintReport.objects.update(refused="took more than 10 seconds", score=None)
    assert "took more than 10 seconds" in get(client, "/apis/bridges")
    assert "took more than 10 seconds" in get(client, "/apis/bridges/lint")

    LintReport.objects.all().delete()
    assert "not judged yet" in get(client, "/apis/bridges/lint")
    assert 'id="rules"' not in get(client, "/apis/bridges")

    Api.objects.update(current=None)
    assert_problem(client.get("/apis/bridges/lint"), 404)


def test_it_escapes_what_documents_say(client: Client) -> None:
    document = good()
    document["paths"][f"/{SCRIPT}"] = document["paths"].pop("/bridges")
    make_api(document)

    for path in ("/apis/bridges", "/apis/bridges/lint"):
        page = get(client, path)
        assert SCRIPT not in page
        assert "&lt;script&gt;" in page


def test_it_lists_the_rules(client: Client) -> None:
    page = get(client, "/rules")

    for rule in all_rules():
        assert f'<section id="{rule.newest_id}"' in page
    assert "2.2: error" in page
    assert "stricter than the official linter" in page
    assert "&quot;trace&quot;" in page
    assert '<a href="/rules" aria-current="page">Rules</a>' in page
    assert len(page) < 200_000
