"""Markdown of documents, made harmless."""

from __future__ import annotations

import re

import pytest

from catalog_service.documents.texts import text_of
from catalog_service.web.texts import markdown, safe_link, summary

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<iframe src=//evil.example></iframe>",
    "<style>*{display:none}</style>",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,AAAA)",
    "[x](vbscript:x)",
    "![beacon](https://evil.example/x.png)",
    "[x]: javascript:alert(1)\n\n[x]",
    '<a href="javascript:alert(1)">x</a>',
    '[x](https://a.example "onmouseover=alert(1)")',
    '<https://a.example/"onclick=alert(1)>',
    "`<script>`\n\n    <script>\n",
    "<!-- -->\n<form action=//evil.example>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_it_makes_markup_harmless(text: str) -> None:
    tags = re.findall(r"<[^>]*>", markdown(text))

    assert not re.search(r"script|svg|iframe|style|img|form", " ".join(tags))
    assert not re.search(r"(javascript|data|vbscript):|\son\w+=", " ".join(tags))


def test_it_renders_what_descriptions_use() -> None:
    html = markdown("# A\n\n**b** [c](https://c.example)\n\n|x|\n|-|\n|y|\n\n- `z`")

    assert "<h3>A</h3>" in html
    assert 'rel="nofollow noopener noreferrer"' in html
    for tag in ("<strong>", "<table>", "<li>", "<code>"):
        assert tag in html


def test_it_bounds_what_it_renders() -> None:
    assert len(markdown("a" * 200_000)) < 51_000
    assert markdown("*" * 20_000 + "[" * 20_000)


def test_it_summarises_without_markup() -> None:
    assert (
        summary("# A\n\n**b** <b>c</b> & [d](https://x.example)") == "A b <b>c</b> & d"
    )
    assert summary("word " * 100).endswith("word…")
    assert summary("") == ""


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "", "mailto:a@b", "//a", "HTTP://a"]
)
def test_it_links_only_to_the_web(url: str) -> None:
    assert safe_link(url) == ""


def test_it_writes_out_what_turns_the_direction() -> None:
    assert text_of("a\u202eb\u2066c") == "a\\u202eb\\u2066c"
    assert text_of("שלום 😀") == "שלום 😀"
