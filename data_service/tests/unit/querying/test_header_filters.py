"""Filters in headers."""

import pytest

from data_service.querying.header_filters import header_names, read_header_filters
from data_service.schemas.tables import Field, Table
from shared.problems import BadRequestError

TABLE = Table("person", (Field("birthDate", "string/date"), Field("name2ID", "string")))


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        ("HTTP_DSO_BIRTH_DATE", "2000-01-01", ("birthDate", "2000-01-01")),
        ("HTTP_DSO_BIRTH_DATE|GTE", "2000", ("birthDate[gte]", "2000")),
        ("HTTP_DSO_NAME2_ID|LIKE", "a*", ("name2ID[like]", "a*")),
        ("HTTP_DSO_NO_FIELD|IN", "a", ("no-field[in]", "a")),
        ("HTTP_DSO_NAME2_ID", "é".encode().decode("latin-1"), ("name2ID", "é")),
    ],
)
def test_it_reads_a_filter(key, value, found):
    assert read_header_filters({key: value}, TABLE) == (found,)


def test_it_leaves_other_headers_alone():
    assert read_header_filters({"HTTP_ACCEPT": "DSO", "DSO_X": "y"}, TABLE) == ()


def test_it_refuses_text_that_is_not_utf_8():
    with pytest.raises(BadRequestError):
        read_header_filters({"HTTP_DSO_NAME2_ID": "\xff"}, TABLE)


def test_it_names_the_headers():
    environ = {"HTTP_DSO_NAME2_ID|IN": "", "HTTP_DSO_BIRTH_DATE": "", "HTTP_X": ""}

    assert header_names(environ) == ["DSO-birth-date", "DSO-name2-id|in"]
