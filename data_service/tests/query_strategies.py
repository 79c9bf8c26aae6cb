"""Random rows and random questions, from few values, so that they often meet."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

from hypothesis import strategies as st
from query_model import write, write_list

from data_service.schemas.tables import Dataset, Field, Table

TEXTS = ["", "oak", "Oak", "OAK", "oaks", "Elm?", "a*b", "a\\b", "50%_", "x,y", 'a"b']
TEXTS += ["é", "É", "e", "E", "e\u0301", "ij", "IJ", "ĳ", "Ĳ", "straße", "STRASSE"]
TEXTS += [
    "İ",
    "i",
    "\u0131",
    "I",
    "🌳",
    "Łódź",
    "lodz",
    "Ærø",
    "aero",
    "a b",
    "a-b",
    "漢",
    "~",
]
PATTERNS = ["*", "?", "o*", "*k", "?a?", "O?K*", "elm\\?", "a\\**", "*\\\\*", "50%*"]
PATTERNS += ["e?", "É*", "stra*e", "*_", "ij*", "i*", "", "??", "🌳", "\\", "ł*", "x,*"]
WHOLE = [-(2**63), -1, 0, 1, 5, 2**63 - 1]
NUMBERS = [Decimal(n) for n in ("-1.5", "0", "0.10", "0.1", "2.50", "1E+3", "1e-7")]
DAYS = [date(1, 1, 1), date(2020, 2, 29), date(2020, 3, 1), date(9999, 12, 31)]
INSTANTS = [
    datetime(2020, 2, 28, 23, 59, 59, 999999, UTC),
    datetime(2020, 2, 29, tzinfo=UTC),
    datetime(2020, 2, 29, 12, 0, 0, 1, UTC),
    datetime(2020, 3, 1, tzinfo=UTC),
]
CLOCKS = [time(0), time(12, 30), time(12, 30, 5, 500000), time(23, 59, 59)]
ITEMS = ["a", "A", "b", "x,y", "é", "É", "", 'q"']

VALUES = {
    "id": [1, 2, 3, 100],
    "text": TEXTS,
    "uri": ["https://a.example/", "HTTPS://A.example/", "", "b"],
    "whole": WHOLE,
    "number": NUMBERS,
    "yes": [True, False],
    "day": DAYS,
    "moment": INSTANTS,
    "clock": CLOCKS,
    "tags": ITEMS,
    "counts": [-1, 0, 1],
    "sizes": NUMBERS[:4],
}
TYPES = {
    "id": "integer",
    "text": "string",
    "uri": "string/uri",
    "whole": "integer",
    "number": "number",
    "yes": "boolean",
    "day": "string/date",
    "moment": "string/date-time",
    "clock": "string/time",
    "tags": "array of string",
    "counts": "array of integer",
    "sizes": "array of number",
}
ARRAYS = ("tags", "counts", "sizes")
TEXTUAL = ("text", "uri")
ORDERED = ("id", "whole", "number", "day", "moment", "clock")
SORTABLE = tuple(f for f in TYPES if f not in ARRAYS)


def table_of(key):
    """Give the table; its identifier is `id` or `text`."""
    fields = tuple(Field(name, kind) for name, kind in TYPES.items())
    return Dataset("things", (Table("thing", fields, identifier=(key,)),))


def one(field):
    return st.sampled_from(VALUES[field])


def many(field):
    return st.lists(one(field), max_size=3)


def value_of(field):
    return st.none() | (many(field) if field in ARRAYS else one(field))


@st.composite
def rows(draw, key):
    """Draw up to a dozen rows, whose identifiers differ."""
    identifiers = st.integers(-3, 20) if key == "id" else st.sampled_from(TEXTS)
    keys = draw(st.lists(identifiers, unique=True, max_size=12))
    fields = [f for f in TYPES if f != key]
    others = {f: value_of(f) for f in fields}
    return [{key: k, **draw(st.fixed_dictionaries(others))} for k in keys]


def _asked(field):
    """Give a value to compare with; of a date-time, a day is one too."""
    return one(field) | st.sampled_from(DAYS[1:3]) if field == "moment" else one(field)


@st.composite
def conditions(draw):
    """Draw (field, operator, value)."""
    field = draw(st.sampled_from(list(TYPES)))
    if field in ARRAYS:
        operator = draw(st.sampled_from(["", "contains"]))
        least = 1 if operator else 0
        return field, operator, draw(st.lists(one(field), min_size=least, max_size=3))
    operators = ["", "isnull"] + (["not", "in"] if field != "yes" else [])
    operators += ["gt", "gte", "lt", "lte"] if field in ORDERED else []
    operators += ["like", "isempty"] if field in TEXTUAL else []
    operator = draw(st.sampled_from(operators))
    if operator in {"isnull", "isempty"}:
        return field, operator, draw(st.booleans())
    if operator == "in":
        return field, operator, draw(st.lists(_asked(field), min_size=1, max_size=3))
    if operator == "like":
        return field, operator, draw(st.sampled_from(PATTERNS + TEXTS))
    return field, operator, draw(_asked(field))


def parameter(condition):
    """Write a condition as a parameter."""
    field, operator, value = condition
    name = f"{field}[{operator}]" if operator else field
    return name, write_list(value) if isinstance(value, list) else write(value)


questions = st.fixed_dictionaries(
    {
        "conditions": st.lists(conditions(), max_size=3),
        "sorts": st.lists(
            st.tuples(st.sampled_from(SORTABLE), st.booleans()),
            max_size=3,
            unique_by=lambda sort: sort[0],
        ),
        "size": st.sampled_from([1, 2, 3, 20]),
        "windows": st.sampled_from([(), (1,), (2, 3), (100,)]),
        "depth": st.sampled_from([0, 2, 1000]),
    }
)
