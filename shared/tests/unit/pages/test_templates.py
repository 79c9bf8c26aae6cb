"""The templates keep to the policy, and every page has what a page must have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from shared import pages
from shared.problems import BadRequestError, Fault

_TEMPLATES = sorted((Path(pages.__file__).parent / "templates").rglob("*.html"))

_LANGUAGE = re.compile(
    r"\{% blocktranslate.*?endblocktranslate %\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}",
    re.DOTALL,
)


@dataclass(frozen=True)
class _Pager:
    number: int = 2
    pages: int | None = None
    previous_url: str = "?page=1"
    next_url: str = ""


@pytest.mark.parametrize("template", _TEMPLATES, ids=lambda path: path.name)
def test_it_has_nothing_inline(template: Path) -> None:
    text = template.read_text()

    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert "http:" not in text
    assert "https:" not in text


@pytest.mark.parametrize("template", _TEMPLATES, ids=lambda path: path.name)
def test_it_translates_every_word(template: Path) -> None:
    text = _LANGUAGE.sub("", template.read_text())
    words = re.sub(r"(?s)<[^>]*>", " ", text)

    assert not re.search(r"[A-Za-z]", words), words.split()


def test_it_makes_an_error_page() -> None:
    faults = [Fault("name[lik]", "operator <b> unknown", accepted="like, in")]
    problem = BadRequestError(faults=faults)

    html = render_to_string(
        "shared/problem.html", {"problem": problem, "faults": faults}
    )

    assert html.count("<h1") == 1
    assert "<title>" in html
    assert "operator &lt;b&gt; unknown" in html
    assert "Accepted: like, in" in html


def test_it_makes_an_error_page_without_a_request() -> None:
    html = render_to_string("shared/problem.html", {"problem": BadRequestError()})

    assert '<html lang="en' in html
    assert 'href="#main"' in html
    assert "What is wrong" not in html


def test_it_pages_back() -> None:
    html = render_to_string("shared/_pager.html", {"pager": _Pager()})

    assert 'rel="prev" href="?page=1"' in html
    assert "Page 2\n" in re.sub("</?span>", "", html)
    assert 'rel="next"' not in html


def test_it_leaves_the_pager_out_of_a_single_page() -> None:
    html = render_to_string("shared/_pager.html", {"pager": _Pager(1, 1, "")})

    assert not html.strip()


def test_it_searches_for_what_was_asked() -> None:
    html = render_to_string("shared/_search.html", {"query": '"><script>'})

    assert 'value="&quot;&gt;&lt;script&gt;"' in html
    assert '<label for="q">Search</label>' in html


def test_it_marks_the_last_crumb() -> None:
    html = render_to_string("shared/_trail.html", {"trail": [("A", "/"), ("B", "")]})

    assert '<a href="/">A</a>' in html
    assert '<span aria-current="page">B</span>' in html
