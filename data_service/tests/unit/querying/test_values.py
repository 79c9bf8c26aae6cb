"""Values in a query string."""

import pytest

from data_service.querying.values import VALUE_TYPES, Moments, ValueFaultError

ACCEPTED = [
    ("string", "", ""),
    ("string", "a,b", "a,b"),
    ("integer", "-5", "-5"),
    ("integer", "007", "7"),
    ("integer", "9223372036854775807", "9223372036854775807"),
    ("number", "-1", "-1"),
    ("number", "1e3", "1e3"),
    ("number", ".5", ".5"),
    ("number", "-0.25E-2", "-0.25E-2"),
    ("boolean", "TRUE", "true"),
    ("boolean", "0", "false"),
    ("string/date", "2020-3-1", "2020-03-01"),
    ("string/time", "23:59:59.5", "23:59:59.5"),
]

REFUSED = [
    ("string", "x" * 501),
    ("integer", "1.5"),
    ("integer", "1e3"),
    ("integer", "9223372036854775808"),
    ("integer", "٣"),
    ("integer", ""),
    ("number", "NaN"),
    ("number", "Infinity"),
    ("number", "1_000"),
    ("number", "1e999"),
    ("number", "abc"),
    ("boolean", "maybe"),
    ("string/date", "2021-02-30"),
    ("string/date", "today"),
    ("string/date", "01/02/2020"),
    ("string/time", "24:00"),
    ("string/date-time", "2020-01-fubar"),
    ("string/date-time", "2020-13-01T00:00:00Z"),
    ("string/date-time", "2020-01-01T25:00:00Z"),
]


@pytest.mark.parametrize(("name", "text", "value"), ACCEPTED)
def test_it_reads_a_value(name, text, value):
    assert VALUE_TYPES[name].parse(text) == value


@pytest.mark.parametrize(("name", "text"), REFUSED)
def test_it_says_what_a_value_must_be(name, text):
    with pytest.raises(ValueFaultError, match=r"\w+"):
        VALUE_TYPES[name].parse(text)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("2020-03-01T22:30:00Z", "2020-03-01 22:30:00+00"),
        ("2020-03-01 22:30", "2020-03-01 22:30:00+00"),
        ("2020-03-01T22:30:00+01:30", "2020-03-01 21:00:00+00"),
        ("2020-03-01T22:30:00 01:00", "2020-03-01 21:30:00+00"),
        ("2020-03-01T22:30:00-01", "2020-03-01 23:30:00+00"),
        ("2020-03-01t22:30:00.1234567z", "2020-03-01 22:30:00.123456+00"),
        ("2020-12-31T23:59:60Z", "2021-01-01 00:00:00+00"),
        ("0001-01-01T00:00:00+10:00", "0001-01-01 00:00:00+00"),
        ("9999-12-31T23:59:59-10:00", "9999-12-31 23:59:59+00"),
    ],
)
def test_it_reads_an_instant_in_utc(text, start):
    moments = VALUE_TYPES["string/date-time"].parse(text)

    assert moments == Moments(start, "1 microsecond")


def test_it_reads_a_date_as_the_whole_day():
    moments = VALUE_TYPES["string/date-time"].parse("2020-3-1")

    assert moments == Moments("2020-03-01 00:00:00+00", "1 day")
