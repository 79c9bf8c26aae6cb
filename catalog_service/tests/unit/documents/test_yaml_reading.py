"""What the YAML reader refuses and what it takes."""

from __future__ import annotations

import pytest

from catalog_service.documents.errors import (
    DocumentError,
    DuplicateKeyError,
    EncodingError,
    NumberError,
    SyntaxFaultError,
    TooComplexError,
    TooLargeError,
)
from catalog_service.documents.yaml_reading import read_yaml

LAUGHS = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n" + "".join(
    f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 10)
)
MERGES = "a0: &a0 {k0: 1}\n" + "".join(
    f"a{i}: &a{i} {{<<: [*a{i - 1}, *a{i - 1}], k{i}: 1}}\n" for i in range(1, 40)
)
BLOCKS = "".join(" " * i + "a:\n" for i in range(3000))
REPEATED_TEXT = f"a: &a {'x' * 100_000}\nb: [{', '.join(['*a'] * 9_000)}]\n"

REFUSED = [
    (LAUGHS, TooComplexError, "values"),
    (MERGES, TooComplexError, "values"),
    (REPEATED_TEXT, TooComplexError, "values"),
    ("a: &a 1\nb: [" + "*a," * 20_000 + "]", TooComplexError, "10,000 aliases"),
    ("&a [*a]", TooComplexError, "within what it repeats"),
    ("x: &a\n  y: *a\n", TooComplexError, "line 2"),
    ("[" * 200_000, TooComplexError, "100 deep"),
    ("{a: " * 200_000, TooComplexError, "100 deep"),
    ("- " * 5_000 + "a", TooComplexError, "100 deep"),
    (BLOCKS, TooComplexError, "line 101: nested"),
    (
        "a: &a " + "[" * 60 + "]" * 60 + "\nb: " + "[" * 60 + "*a" + "]" * 60,
        TooComplexError,
        "deep",
    ),
    ("[" + "1," * 1_000_001 + "]", TooComplexError, "values"),
    ("a: *b", SyntaxFaultError, r"\*b is not defined"),
    ("a: !!python/object/apply:os.system [ls]", SyntaxFaultError, "python/object"),
    ("a: !custom {b: 1}", SyntaxFaultError, "!custom"),
    ("a: !custom b", SyntaxFaultError, "!custom"),
    ("a: 1\n---\nb: 2\n", SyntaxFaultError, "line 2: a second YAML document"),
    ("a:\n\tb: 1", SyntaxFaultError, "line 2"),
    ("a: [1", SyntaxFaultError, "not YAML"),
    ("a: \x07", SyntaxFaultError, "not YAML"),
    ("? [a]\n: 1", SyntaxFaultError, "as key"),
    ("<<: 1", SyntaxFaultError, "merges"),
    ("a: 1\nb: 2\na: 3\n", DuplicateKeyError, "lines 1 and 3"),
    ('200: 1\n"200": 2\n', DuplicateKeyError, "lines 1 and 2"),
    ("a: .nan", NumberError, "line 1: .nan"),
    ("a:\n  - -.inf", NumberError, "line 2"),
    ("a: 1e400", NumberError, "finite"),
    ("a: " + "9" * 5000, NumberError, "digits"),
    (r'a: "\0"', EncodingError, r"U\+0000"),
    (r'"\0": a', EncodingError, r"U\+0000"),
    ("a: " + "x" * 5_000_000, TooLargeError, "5,000,000"),
]

TAKEN = [
    ("a: no\nb: on\nc: off\nd: y", {"a": "no", "b": "on", "c": "off", "d": "y"}),
    ("a: 2020-01-01\nb: 1:30", {"a": "2020-01-01", "b": "1:30"}),
    ("200: ok\ntrue: x\n~: y", {"200": "ok", "true": "x", "~": "y"}),
    ("a: 007\nb: 0o17\nc: 0x1F\nd: -0", {"a": 7, "b": 15, "c": 31, "d": 0}),
    ("a: 1_000\nb: 1.5e3\nc: .5\nd: +1", {"a": "1_000", "b": 1500.0, "c": 0.5, "d": 1}),
    ("a:\nb: ~\nc: NULL\nd: ''", {"a": None, "b": None, "c": None, "d": ""}),
    ("a: !!str 1\nb: !!int 2\nc: ! 3", {"a": "1", "b": 2, "c": "3"}),
    ("a: !!map {b: !!seq [1]}", {"a": {"b": [1]}}),
    ("a: &x {b: 1}\nc: *x\nd: [*x]", {"a": {"b": 1}, "c": {"b": 1}, "d": [{"b": 1}]}),
    ("a: &x 1\n*x : 2", {"a": 1, "1": 2}),
    ("%YAML 1.1\n---\na: 1\n...\n", {"a": 1}),
    ("a: '1'\nb: \"\\u263A 😀\"", {"a": "1", "b": "☺ 😀"}),
    ("a: |\n  1\n  2\nb: >-\n  3", {"a": "1\n2\n", "b": "3"}),
    ("--- text", "text"),
    ("- 1\n- [2]", [1, [2]]),
]


@pytest.mark.parametrize(("text", "error", "words"), REFUSED, ids=lambda v: str(v)[:20])
def test_it_refuses_with_a_reason(
    text: str, error: type[DocumentError], words: str
) -> None:
    with pytest.raises(error, match=words):
        read_yaml(text)


@pytest.mark.parametrize(("text", "value"), TAKEN, ids=lambda v: str(v)[:20])
def test_it_reads_yaml_1_2(text: str, value: object) -> None:
    read = read_yaml(text)

    assert read == value
    assert str(read) == str(value)


def test_it_merges_without_overriding() -> None:
    text = "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  x: 3\n  <<: [*b, *a]\n"

    assert read_yaml(text)["c"] == {"x": 3, "y": 2, "z": 2}


def test_it_lets_an_anchor_be_defined_again() -> None:
    assert read_yaml("- &a 1\n- *a\n- &a 2\n- *a\n") == [1, 1, 2, 2]
