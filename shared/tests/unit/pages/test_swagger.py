from __future__ import annotations

import re
from pathlib import Path

from django.http import HttpResponse
from django.test import RequestFactory

from shared import pages
from shared.pages.swagger import swagger_page

_SCRIPT = Path(pages.__file__).parent / "static" / "shared" / "swagger.js"


def _page(query: str = "", *servers: str) -> HttpResponse:
    return swagger_page(
        RequestFactory().get(f"/v1/trees{query}"),
        title="Trees",
        spec_url="/v1/trees/openapi.json",
        servers=servers,
    )


def test_it_shows_the_document_of_the_server() -> None:
    html = _page("?url=https://evil.example/openapi.json").content.decode()

    assert 'data-spec-url="/v1/trees/openapi.json"' in html
    assert "evil.example" not in html


def test_it_has_one_heading_and_a_title() -> None:
    html = _page().content.decode()

    assert re.findall(r"<h1>(.*?)</h1>", html) == ["Trees"]
    assert "<title>Trees · " in html


def test_it_works_without_javascript_to_the_extent_it_can() -> None:
    html = _page().content.decode()

    assert re.search(
        r'(?s)<noscript>.*href="/v1/trees/openapi.json".*</noscript>', html
    )


def test_it_allows_the_servers_of_the_document_only() -> None:
    response = _page("", "https://api.example.org/v1", "https://x.example\r\nEvil: 1")

    assert response.csp == {  # type: ignore[attr-defined]
        "connect-src": ["https://api.example.org"]
    }


def test_it_takes_no_setting_from_the_address() -> None:
    script = _SCRIPT.read_text()

    assert "queryConfigEnabled: false" in script
    assert "validatorUrl: null" in script
    assert "location" not in script
