"""What the query language means, as plainly as Python can say it: no SQL, no indexes.

A row is a dict by field; None is no value. A question is a list of conditions
(field, operator, value) and of sorts (field, descending).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta

_SPELLED = str.maketrans("øłđħŧı", "oldhti") | {ord("æ"): "ae", ord("œ"): "oe"}
_SPECIAL = re.compile("[ØøǾǿŁłĐđĦħŦŧıÆæǼǽǢǣŒœ]")
_MARKS = re.compile("[\u0300-\u036f]")


def answer(rows, key, conditions, sorts):
    """Give the identifiers of the rows that fit, in their order."""
    found = [row for row in rows if all(holds(row, key, *c) for c in conditions)]
    found.sort(key=lambda row: row[key])
    for field, descending in reversed(sorts):
        found.sort(key=lambda row: place(row[field]), reverse=descending)
    return [row[key] for row in found]


def place(value):
    """Give what a value is ordered by; no value is higher than any."""
    if value is None:
        return (1,)
    return (0, sort_key(value) if isinstance(value, str) else value)


def sort_key(text):
    """Order by letters first, and then as the text stands."""
    if text.isascii():
        folded = text.casefold()
        return folded if folded == text else f"{folded}\x01{text}"
    return f"{letters(text)}\x01{text}"


def letters(text):
    stripped = _MARKS.sub("", unicodedata.normalize("NFKD", text).casefold())
    return stripped.translate(_SPELLED) if _SPECIAL.search(text) else stripped


def holds(row, key, field, operator, value):
    """Say whether a condition holds for a row."""
    found = row[field]
    if operator == "isnull":
        return (found is None) == value
    if operator == "isempty":
        return (found in (None, "")) == value
    if operator == "not":
        return found is None or not equals(found, value, exact=field == key)
    if found is None:
        return False
    return COMPARISONS[operator](found, value, field == key)


def equals(found, value, *, exact):
    if isinstance(found, str) and not exact:
        return found.casefold() == value.casefold()
    if isinstance(found, datetime):
        start, end = moments(value)
        return start <= found < end
    return found == value


def moments(value):
    """Give the stretch of time of a value: a day, or an instant of a microsecond."""
    if isinstance(value, datetime):
        return value, value + timedelta(microseconds=1)
    start = datetime.combine(value, time(), UTC)
    return start, start + timedelta(days=1)


def is_like(found, pattern, exact):
    if not exact:
        found, pattern = found.casefold(), pattern.casefold()
    parts = re.findall(r"\\([*?\\])|(.)", pattern, re.DOTALL)
    expression = "".join(
        {"*": ".*", "?": "."}.get(other, re.escape(escaped or other))
        for escaped, other in parts
    )
    return re.fullmatch(expression, found, re.DOTALL) is not None


def contains(found, values, _exact):
    def fold(item):
        return item.casefold() if isinstance(item, str) else item

    return {fold(v) for v in values} <= {fold(f) for f in found}


def is_after(found, value):
    return found >= moments(value)[1] if isinstance(found, datetime) else found > value


def is_before(found, value):
    return found < moments(value)[0] if isinstance(found, datetime) else found < value


COMPARISONS = {
    "": lambda f, v, exact: equals(f, v, exact=exact),
    "in": lambda f, vs, _: any(equals(f, v, exact=True) for v in vs),
    "like": is_like,
    "contains": contains,
    "gt": lambda f, v, _: is_after(f, v),
    "gte": lambda f, v, _: not is_before(f, v),
    "lt": lambda f, v, _: is_before(f, v),
    "lte": lambda f, v, _: not is_after(f, v),
}


def write(value):
    """Write a value as a client does."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value)


def write_list(values):
    """Write a list; text with commas or quotes is quoted."""
    return ",".join(
        '"' + v.replace('"', '""') + '"'
        if isinstance(v, str) and re.search('[",]|^$', v)
        else write(v)
        for v in values
    )
