"""Read the plain scalars of YAML 1.2's core schema (YAML 1.2.2 §10.3.2).

`no` and `on` are words and 2020-01-01 is text: OpenAPI asks for the JSON schema of YAML
(OpenAPI 3.1 §4.3), and YAML 1.1's readings change what a document means.
"""

from __future__ import annotations

import re
from typing import Any

from .errors import NumberError
from .numbers import read_float, read_integer

_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_OPENINGS = frozenset("-+.0123456789")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


def read_scalar(text: str) -> Any:
    """Return what a plain scalar means; raise NumberError for no JSON number."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _OPENINGS:
        return text
    if _INTEGER.fullmatch(text):
        return read_integer(text)
    if _FLOAT.fullmatch(text):
        return read_float(text)
    return _read_rare(text)


def _read_rare(text: str) -> Any:
    if _OCTAL.fullmatch(text):
        return read_integer(text[2:], 8)
    if _HEXADECIMAL.fullmatch(text):
        return read_integer(text[2:], 16)
    if _NOT_FINITE.fullmatch(text):
        raise NumberError(f"{text} is not a JSON number")
    return text
