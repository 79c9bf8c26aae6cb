"""Read JSON more strictly than the standard library: no key twice, no NaN."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from .errors import DuplicateKeyError, NumberError, SyntaxFaultError, TooComplexError
from .numbers import read_float, read_integer
from .values import check_value

# Possessive, so that no text makes the pattern go back.
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\],]', re.DOTALL)


def read_json(text: str) -> Any:
    """Return the value that the text holds; raise a DocumentError."""
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_refuse_constant,
            parse_float=read_float,
            parse_int=read_integer,
        )
    except json.JSONDecodeError as error:
        raise SyntaxFaultError(
            f"not JSON: {error.msg}", line=error.lineno, column=error.colno
        ) from error
    except RecursionError as error:
        raise TooComplexError("nested too deeply") from error
    except _RepeatedError as error:
        raise _located(text, error.key) from error
    check_value(value)
    return value


class _RepeatedError(Exception):
    """Tells, from within the parser, that a key stands twice."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) == len(pairs):
        return value
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            raise _RepeatedError(key)
        seen.add(key)
    raise AssertionError  # fewer keys than pairs: one of them was seen


def _refuse_constant(name: str) -> NoReturn:
    raise NumberError(f"{name} is not a JSON number")


def _located(text: str, key: str) -> DuplicateKeyError:
    """Find the two lines of a key that stands twice: the parser does not tell them."""
    for first, again, repeated in _repetitions(text):
        if repeated == key:
            return duplicate(key, first, again)
    return DuplicateKeyError(f"the key '{key}' stands twice")


def duplicate(key: str, first: int, again: int) -> DuplicateKeyError:
    """Say that a key stands on two lines."""
    shown = key if len(key) <= 80 else key[:80] + "…"
    return DuplicateKeyError(
        f"the key '{shown}' stands twice, on lines {first} and {again}", line=again
    )


def _repetitions(text: str) -> Iterator[tuple[int, int, str]]:
    """Go through the tokens, remembering the lines of the keys of open objects."""
    open_objects: list[dict[str, int] | None] = []
    line, counted, expects_key = 1, 0, False
    for token in _TOKEN.finditer(text):
        line += text.count("\n", counted, token.start())
        counted = token.start()
        mark = token.group()
        if mark in "{[":
            open_objects.append({} if mark == "{" else None)
        elif mark in "}]":
            open_objects.pop()
        keys = open_objects[-1] if open_objects else None
        if mark[0] == '"' and expects_key and keys is not None:
            key = json.loads(mark)
            if key in keys:
                yield keys[key], line, key
            keys[key] = line
        expects_key = mark in ("{", ",")
