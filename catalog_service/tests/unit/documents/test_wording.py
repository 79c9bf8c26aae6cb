"""Words as people write them."""

from __future__ import annotations

import pytest

from catalog_service.documents.wording import gather, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Two words", ["two", "words"]),
        ("bouwStijl", ["bouwstijl", "bouw", "stijl"]),
        ("HTTPServer2", ["httpserver2", "http", "server", "2"]),
        ("snake_case-kebab", ["snake", "case", "kebab"]),
        ("/v1/Café/{id}", ["v1", "café", "id"]),
        ("ID", ["id"]),
        ("a" * 61, []),
    ],
)
def test_it_takes_words_apart(text: str, words: list[str]) -> None:
    assert list(words_of(text)) == words


def test_it_gathers_each_word_once_and_not_too_many() -> None:
    assert gather(["a b", "b c"], at_most=100) == "a b c"
    assert gather(["abc def ghi"], at_most=8) == "abc def"
