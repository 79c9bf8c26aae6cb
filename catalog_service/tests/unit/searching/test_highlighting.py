"""Highlights, distances, paths: what needs no database."""

from __future__ import annotations

import pytest

from catalog_service.searching.highlighting import highlight
from catalog_service.searching.indexing import path_key
from catalog_service.searching.understanding import distance


@pytest.mark.parametrize(
    ("text", "stems", "html"),
    [
        ("Two Bridges", ("bridg",), "Two <mark>Bridges</mark>"),
        ("Café", ("cafe",), "<mark>Café</mark>"),
        ("bouwStijl", ("stijl",), "<mark>bouwStijl</mark>"),
        ("<b> & bridge", ("bridge",), "&lt;b&gt; &amp; <mark>bridge</mark>"),
        ("an id", ("a",), ""),
        ("nothing", ("bridge",), ""),
        ("a b a", ("a",), "<mark>a</mark> b <mark>a</mark>"),
    ],
)
def test_it_marks_words(text: str, stems: tuple[str, ...], html: str) -> None:
    assert highlight(text, stems, whole=True) == html


def test_it_shows_the_part_around_the_first_hit() -> None:
    text = "word " * 100 + "bridge " + "other " * 100 + "bridge"

    shown = highlight(text, ("bridge",))

    assert shown.startswith("…word")
    assert shown.endswith("…")
    assert shown.count("<mark>") == 1
    assert highlight("x" * 200 + " bridge", ("bridge",)).startswith("…")


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [
        ("monument", "monument", 0), ("monumnet", "monument", 1), ("cafe", "caffe", 1),
        ("abc", "xyz", 3), ("", "ab", 2), ("register", "regsiterr", 2),
    ],
)  # fmt: skip
def test_it_counts_typing_errors(one: str, other: str, far: int) -> None:
    assert distance(one, other) == far


def test_it_forgets_the_names_of_variables() -> None:
    assert path_key("/A/{id}/b{c}") == "/a/{}/b{}"
