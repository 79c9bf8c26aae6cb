"""Comparisons as text, which is shown in terminals and turned into HTML."""

from __future__ import annotations

from typing import Any

from catalog_service.comparing.checking import Check, Outcome
from catalog_service.comparing.texts import release_note, report
from catalog_service.diffing import Level
from catalog_service.examining import Compared
from catalog_service.models import Api, Version

OLD, NEW = Version(number=1, label="1.0"), Version(number=2)


def compared(*sentences: str, counted: int = 0) -> Compared:
    changes = tuple(
        {
            "id": "a-kind",
            "level": "breaking",
            "path": "/a",
            "method": "GET",
            "sentence": sentence,
        }
        for sentence in sentences
    )
    counts = {"breaking": counted or len(changes), "warning": 0, "info": 0}
    return Compared(changes, counts, {"sentence": "Raise it."})


def test_a_note_names_both_versions() -> None:
    note = release_note("Bridges", OLD, NEW, compared())

    assert note == (
        "# Bridges: 1.0 → version 2\n\n0 breaking, 0 warning, 0 info. Raise it.\n"
    )


def test_a_note_holds_no_markup_of_others() -> None:
    note = release_note("<b>", OLD, NEW, compared("[x](y) *z*\n# h"))

    assert "# \\<b\\>: " in note
    assert "- GET /a: \\[x\\](y) \\*z\\* \\# h (a-kind)\n" in note


def test_it_says_the_place_once() -> None:
    note = release_note("A", OLD, NEW, compared("GET /a is gone.", "Other."))

    assert "- GET /a is gone. (a-kind)" in note
    assert "- GET /a: Other. (a-kind)" in note


def test_it_says_how_many_are_left_out() -> None:
    assert "- … and 8 more\n" in release_note("A", OLD, NEW, compared("B.", counted=9))


def test_a_report_steers_no_terminal() -> None:
    told: Any = compared("\x1b[2J\u202etext" + "a" * 1_000)
    check = Check(Outcome.BREAKS, "No.", Level.BREAKING, Api(pk=1), OLD, told)

    text = report(check)

    assert text.startswith("BREAKS: No.\nCompared with version 1 (1.0) of API 1.\n")
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "a… (a-kind)" in text
