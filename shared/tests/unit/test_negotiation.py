"""Choosing a media type."""

import pytest

from shared.negotiation import preferred

JSON, CSV, HTML = "application/json", "text/csv", "text/html"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", JSON),
        ("*/*", JSON),
        (BROWSER, HTML),
        ("text/csv", CSV),
        ("TEXT/CSV", CSV),
        ("text/*", CSV),
        ("text/html;q=0.2, text/csv;q=0.3", CSV),
        ("*/*;q=0.1, text/csv", CSV),
        ("application/json;q=0, */*", CSV),
        ("application/json;q=0", None),
        ("image/png", None),
        ("text/csv;header=absent, application/json;q=0.1", JSON),
        ("text/csv;q=0.5;x=1, application/json;q=0.6", JSON),
        ("text/html;q=1.000, text/csv;q=0.999", HTML),
    ],
)
def test_it_chooses_as_the_standard_says(accept, expected):
    assert preferred(accept, [JSON, CSV, HTML]) == expected


@pytest.mark.parametrize(
    "accept",
    ["nonsense", ",,,", "/", "*/json", ";q=1", "a/", "\x00", "é/é;", "*" * 10_000],
)
def test_it_reads_a_malformed_header_as_absent(accept):
    assert preferred(accept, [JSON, CSV]) in {JSON, None}


@pytest.mark.parametrize("weight", ["x", "-1", "1e9", "0.12345", "nan", ""])
def test_it_refuses_a_range_with_a_malformed_weight(weight):
    assert preferred(f"text/csv;q={weight}, */*;q=0.1", [JSON, CSV]) == JSON


def test_it_prefers_the_most_specific_range():
    offered = ["text/html;level=1", "text/html"]

    assert preferred("text/html;q=0.4, text/html;level=1", offered) == offered[0]


def test_it_finds_nothing_among_nothing():
    assert preferred("", []) is None
    assert preferred("*/*", []) is None
