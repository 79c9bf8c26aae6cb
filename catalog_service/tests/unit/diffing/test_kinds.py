"""The table of kinds: each row is shown by its own example."""

from __future__ import annotations

import re
from datetime import date

import pytest

from catalog_service.diffing import KINDS, Kind, Place, compare, example_documents
from catalog_service.diffing.dutch import SENTENCES
from catalog_service.diffing.subjects import DUTCH, Location

TODAY = date(2026, 1, 1)
KEYWORD_SENTENCES = (
    "{subject} now has",
    "{subject} no longer has",
    "{subject} has another",
)
EVERY_KIND = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)


@EVERY_KIND
def test_it_is_found_in_its_example(kind: Kind) -> None:
    changes = compare(*example_documents(kind), today=TODAY)

    found = [change for change in changes if change.id == kind.id]
    assert [change.level for change in found] == [kind.level]
    for sentence in (found[0].sentence, found[0].sentence_nl):
        assert re.fullmatch(r"[A-Z'].*[.:] ?.*", sentence)


@EVERY_KIND
def test_it_is_not_found_where_nothing_changed(kind: Kind) -> None:
    _, new = example_documents(kind)
    again = {**new, "info": {"title": "Other", "version": "2"}}

    assert compare(new, again, today=TODAY) == ()


def test_it_has_names_of_one_form() -> None:
    ids = [kind.id for kind in KINDS]

    assert len(set(ids)) == len(ids) >= 60
    assert [name for name in ids if not re.fullmatch(r"[a-z]+(-[a-z]+)+", name)] == []


@EVERY_KIND
def test_it_has_the_same_gaps_in_both_languages(kind: Kind) -> None:
    english, dutch = (
        set(re.findall(r"\{(\w+)\}", text))
        for text in (kind.sentence, kind.sentence_nl)
    )

    assert english == dutch


def test_it_translates_nothing_that_is_not_said() -> None:
    said = {kind.sentence for kind in KINDS}
    plain = {text for text in SENTENCES if not text.startswith(KEYWORD_SENTENCES)}

    assert plain <= said


@pytest.mark.parametrize(
    ("place", "subject"),
    [
        (Place.REQUEST, "De body van het verzoek"),
        (Place.RESPONSE, "Antwoord 200"),
        (Place.HEADER, "Header 'n' van antwoord 200"),
        (Place.PARAMETER, "Query-parameter 'n'"),
        (Place.DOCUMENT, "Het document"),
        (Place.ENDPOINT, "GET /a"),
    ],
)
def test_it_names_places_in_dutch(place: Place, subject: str) -> None:
    where = Location("/a", "GET", place, status="200", name="n", kind="query")

    assert where.subject(parts=DUTCH) == subject
    assert where.subject("f", DUTCH).startswith("'f' in ")
