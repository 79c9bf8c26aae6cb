"""What the JSON reader refuses and what it takes."""

from __future__ import annotations

import pytest

from catalog_service.documents.errors import (
    DocumentError,
    DuplicateKeyError,
    EncodingError,
    NumberError,
    SyntaxFaultError,
    TooComplexError,
)
from catalog_service.documents.json_reading import read_json

DEEP = 200_000
REFUSED = [
    ("{", SyntaxFaultError, "line 1, column 2"),
    ('{"a": 1,}', SyntaxFaultError, "line 1"),
    ("[" * DEEP, TooComplexError, "deep"),
    ('{"a":' * DEEP, TooComplexError, "deep"),
    ("[" * 101 + "]" * 101, TooComplexError, "more than 100"),
    ("[" + "1," * 1_000_000 + "1]", TooComplexError, "1,000,000"),
    ('{"a": NaN}', NumberError, "NaN"),
    ('{"a": -Infinity}', NumberError, "Infinity"),
    ('{"a": 1e400}', NumberError, "finite"),
    ('{"a": ' + "9" * 5000 + "}", NumberError, "5,000 digits"),
    ('{"a": 1.' + "9" * 5000 + "}", NumberError, "digits"),
    (r'{"a": "\u0000"}', EncodingError, r"U\+0000"),
    (r'{"\u0000": 1}', EncodingError, r"U\+0000"),
    (r'{"a": ["\ud800"]}', EncodingError, r"U\+D800"),
    ('{"é": "\\udfff"}', EncodingError, r"U\+DFFF"),
]


@pytest.mark.parametrize(("text", "error", "words"), REFUSED, ids=lambda v: str(v)[:20])
def test_it_refuses_with_a_reason(
    text: str, error: type[DocumentError], words: str
) -> None:
    with pytest.raises(error, match=words):
        read_json(text)


def test_it_names_both_lines_of_a_key_that_stands_twice() -> None:
    text = '{\n "a": {"b": [1, "}"]},\n "c": {\n  "x": 1,\n  "y": 2,\n  "x": 3}}'

    with pytest.raises(DuplicateKeyError, match="'x' stands twice, on lines 4 and 6"):
        read_json(text)


def test_it_knows_a_key_however_it_is_written() -> None:
    with pytest.raises(DuplicateKeyError, match="lines 1 and 2"):
        read_json('{"paths": {},\n "p\\u0061ths": {}}')


def test_it_shortens_a_long_key() -> None:
    key = "k" * 500

    with pytest.raises(DuplicateKeyError, match=r"k{80}…'"):
        read_json(f'{{"{key}": 1, "{key}": 2}}')


def test_it_keeps_what_is_fine() -> None:
    text = r'{"a": [1, -0, 1.5, true, null], "b": "\ud83d\ude00", "c": "😀"}'

    assert read_json(text) == {"a": [1, 0, 1.5, True, None], "b": "😀", "c": "😀"}


def test_it_takes_a_hundred_levels() -> None:
    assert read_json("[" * 100 + "]" * 100)
