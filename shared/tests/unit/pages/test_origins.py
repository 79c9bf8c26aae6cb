from __future__ import annotations

import pytest

from shared.pages.origins import origin_of, origins


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://api.example.org/v1", "https://api.example.org"),
        ("https://API.Example.org:443/v1", "https://api.example.org"),
        ("http://localhost:8001", "http://localhost:8001"),
        ("http://127.0.0.1:8001/v1?x=1#y", "http://127.0.0.1:8001"),
        ("https://bücher.example/", "https://xn--bcher-kva.example"),
    ],
)
def test_it_gives_the_origin(url: str, origin: str) -> None:
    assert origin_of(url) == origin


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/v1",
        "//example.org/v1",
        "ftp://example.org",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "https:///v1",
        "https://example.org\r\nX-Evil: 1",
        "https://exam\nple.org",
        "https://example.org\t.evil.example",
        "https://example.org https://evil.example",
        "https://example.org; script-src 'unsafe-inline'",
        "https://example.org;script-src",
        "https://example.org,https://evil.example",
        "https://'self'",
        'https://exa"mple.org',
        "https://example.org\\@evil.example",
        "https://*.example.org",
        "https://*",
        "https://{region}.example.org",
        "https://user@example.org",
        "https://user:secret@example.org",
        "https://@example.org",
        "https://example.org:0",
        "https://example.org:65536",
        "https://example.org:x",
        "https://[::1]/",
        "https://[::1",
        "https://127.1/",
        "https://0x7f.1/",
        "https://256.256.256.256/",
        "https://-example.org",
        "https://exa_mple.org",
        "https://example..org",
        f"https://{'a' * 64}.example",
        f"https://{'a.' * 130}example",
        f"https://example.org/{'a' * 2048}",
        "https://example.org\u2028",
        "https://\ufffd.example",
    ],
)
def test_it_refuses_what_has_no_fit_origin(url: str) -> None:
    assert origin_of(url) is None


def test_it_refuses_what_is_no_text() -> None:
    assert origin_of(None) is None


def test_it_keeps_the_order_and_drops_doubles() -> None:
    urls = ["https://b.example/1", "nonsense", "http://a.example", "https://b.example"]

    assert origins(urls) == ("https://b.example", "http://a.example")


def test_it_is_capped() -> None:
    urls = (f"https://h{number}.example" for number in range(1_000_000))

    assert len(origins(urls, limit=3)) == 3
    assert next(urls) == "https://h100.example"
