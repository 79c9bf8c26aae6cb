"""Patterns of [like]."""

import pytest

from data_service.querying.texts import Pattern, read_pattern


@pytest.mark.parametrize(
    ("text", "like", "start"),
    [
        ("", "", ""),
        ("oak", "oak", "oak"),
        ("o*k?", "o%k_", "o"),
        ("*k", "%k", ""),
        ("100%_*", r"100\%\_%", "100%_"),
        (r"a\*b*", "a*b%", "a*b"),
        (r"a\\b", r"a\\b", "a\\b"),
        (r"a\b", r"a\\b", "a\\b"),
        ("a\\", r"a\\", "a\\"),
        ("é\u0301*", "é\u0301%", "é"),
        ("a\nb", "a\nb", "a\nb"),
    ],
)
def test_it_reads_a_pattern(text, like, start):
    assert read_pattern(text) == Pattern(like, start)
