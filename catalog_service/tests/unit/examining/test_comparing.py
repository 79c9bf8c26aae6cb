"""What a reader tells of two documents."""

from __future__ import annotations

from datetime import date

import pytest
import yaml
from documents import as_bytes, bridges, broken_bridges

from catalog_service.documents import NotOpenApiError
from catalog_service.examining import compare, comparing, excerpts

OLD, NEW = as_bytes(bridges()), as_bytes(broken_bridges())
DAY = date(2026, 1, 2)


def test_it_compares_in_another_process() -> None:
    compared = compare(OLD, NEW, today=DAY)

    assert [change["id"] for change in compared.changes] == [
        "operation-removed",
        "response-required-property-removed",
    ]
    assert compared.counts == {"breaking": 2, "warning": 0, "info": 0}
    assert compared.agreement["verdict"] == "not-raised"


def test_it_refuses_what_is_no_document() -> None:
    with pytest.raises(NotOpenApiError):
        compare(OLD, b"a: 1", today=DAY)


def test_it_knows_which_day_it_is() -> None:
    old, new = bridges(), broken_bridges()
    old["paths"]["/bridges"]["delete"] |= {"deprecated": True, "x-sunset": "2026-01-01"}
    raw = as_bytes(old), as_bytes(new)

    before, after = (
        comparing.compare_documents(*raw, today=day)[0]["counts"]["breaking"]
        for day in ("2025-12-01", "2026-02-01")
    )

    assert (before, after) == (2, 1)


def test_it_counts_all_and_tells_the_worst(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "MOST_CHANGES", 1)

    told, _ = comparing.compare_documents(OLD, NEW, today="2026-01-02")

    assert (len(told["changes"]), told["counts"]["breaking"]) == (1, 2)


def test_it_shows_what_stands_at_a_pointer() -> None:
    raw = yaml.safe_dump(bridges(), sort_keys=False).encode()

    title, delete, nothing = excerpts(
        raw, ["/info/title", "/paths/~1bridges/delete", "/none"]
    )

    assert title == {"line": 3, "text": '"Bridges"'}
    assert delete["text"].startswith('{\n  "responses"')
    assert nothing["text"] == ""


@pytest.mark.parametrize("long", ["a" * 10_000, ["é"] * 10_000])
def test_it_shows_only_the_beginning(long: object) -> None:
    raw = as_bytes(bridges(**{"x-long": long}))

    (found,), _ = comparing.excerpts(raw, pointers=["/info/x-long"])

    assert found["text"].endswith("\n…")
    assert len(found["text"]) < 900
    assert found["text"].count("\n") <= 12
