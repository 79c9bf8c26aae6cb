"""An import as a person sees it."""

from __future__ import annotations

import io

import pytest

from data_service.importing.faults import Faults
from data_service.importing.publishing import Published
from data_service.management import showing
from data_service.management.showing import Shown, fault_lines, published_lines
from data_service.schemas.tables import Dataset, Field, Table

TABLE = Table(
    "trees",
    (
        Field("id", "integer", required=True),
        Field("place", "Point", crs="CRS84", provenance="lon,lat"),
    ),
)


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def show(out: io.StringIO) -> str:
    shown = Shown(out)
    shown.opened(["GeoJSON", "encoding utf-8"])
    shown.read(1200, 50, 100)
    shown.inferred(TABLE, ["something may be wrong"])
    shown.step("casting")
    shown.finish()
    return out.getvalue()


def test_it_writes_plain_lines_elsewhere() -> None:
    assert show(io.StringIO()).splitlines() == [
        "Read as: GeoJSON; encoding utf-8",
        "Table trees, identified by id:",
        "  field  type           required  in the file",
        "  id     integer        yes",
        "  place  Point (CRS84)            lon,lat",
        "In doubt:",
        "  - something may be wrong",
    ]


@pytest.mark.parametrize(
    ("out", "expected"),
    [
        (io.StringIO(), " 50% read, 1,200 rows\n"),
        (Terminal(), "\r[###############               ]  50% 1,200 rows"),
    ],
)
def test_it_shows_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, out: io.StringIO, expected: str
) -> None:
    monkeypatch.setattr(showing, "_BAR_SECONDS", 0)
    monkeypatch.setattr(showing, "_LINE_SECONDS", 0)

    assert expected in show(out)


def test_it_draws_a_step_on_a_terminal() -> None:
    text = show(Terminal())

    assert "casting …" in text
    assert text.endswith("\r\x1b[K")


def test_it_counts_the_faults_that_it_hides() -> None:
    faults = Faults()
    for line in range(1, 1201):
        faults.add(line, "is wrong")

    lines = list(fault_lines(faults))

    assert (len(lines), lines[0]) == (101, "line 1 is wrong")
    assert lines[-1] == "… and 1,100 more"


def test_it_says_where_to_look() -> None:
    published = Published(Dataset("green", (TABLE,)), TABLE, 1200, (), 7)

    lines = list(published_lines(published))

    assert lines[0] == "Published 1,200 rows as snapshot 7."
    assert lines[1].endswith("/v1/green/trees")
    assert lines[3].endswith("/datasets/green")
