"""Lists with commas, as values: `a,b` and, for text that has commas, `"a,b",c`."""

from __future__ import annotations

import re

from .values import ValueFaultError

LONGEST_ITEM = 200
# An item is quoted when it begins with a quote; "" is a quote in it.
_ITEM = re.compile(r'(?:"((?:[^"]|"")*)"|([^",][^,]*|))(,|\Z)', re.DOTALL)
ITEM_PATTERN = r'^([^\u0000",][^\u0000,]*|"([^\u0000"]|"")*")?$'
_ACCEPTED = 'values with commas between; a value with a comma or " as "a,b" or "a""b"'


def split_texts(text: str) -> list[str]:
    """Take the items of a list of text."""
    items, place = [], 0
    while True:
        match = _ITEM.match(text, place)
        if not match:
            raise ValueFaultError(_ACCEPTED, reason="a quote is not closed by a comma")
        _check_length(match[0].removesuffix(","))
        quoted = match[1]
        items.append(match[2] if quoted is None else quoted.replace('""', '"'))
        if not match[3]:
            return items
        place = match.end()


def split_values(text: str) -> list[str]:
    """Take the items of a list of what cannot have commas."""
    items = text.split(",")
    for item in items:
        _check_length(item)
    return items


def _check_length(item: str) -> None:
    if len(item) > LONGEST_ITEM:
        raise ValueFaultError(f"values of at most {LONGEST_ITEM} characters")
