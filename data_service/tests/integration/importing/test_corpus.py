"""Files that other people wrote: published, or refused with reasons; never a crash."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from data_service.importing.errors import RefusedError
from data_service.importing.publishing import Publication, publish

FOLDER = Path(__file__).parents[5] / "shared" / "corpus" / "tabular" / "dev"
FILES = sorted(
    path
    for path in (FOLDER.iterdir() if FOLDER.is_dir() else ())
    if path.name != "MANIFEST.csv"
)
# A large one tells nothing that the others do not.
MOST_BYTES = 10_000_000
# Cut off within quotes, on purpose.
REFUSED = {"incomplete-file.CSV"}
# With areas that cut themselves, or touch themselves along a line.
BROKEN = {"rotterdam.geojson", "the-hague.geojson"}

pytestmark = pytest.mark.skipif(not FILES, reason="the corpus is not here")


# The list counts the cells of a sheet, also those that are no rows of its table, and
# all layers together.
OTHER_COUNTS = {
    "Verschilanalyse BRK-levering vs BRK-bevragen.xlsx": 28,
    "lebron.xlsx": 831,
    "bag-temporal.gpkg": 67,
}


def rows_of(name: str) -> int:
    """Give the number of rows that the list of the corpus says."""
    if name in OTHER_COUNTS:
        return OTHER_COUNTS[name]
    with (FOLDER / "MANIFEST.csv").open(newline="", encoding="utf-8") as file:
        rows = {Path(row["path"]).name: row for row in csv.DictReader(file)}
    # The list takes the first row of a file without header for one.
    is_headerless = "no header" in rows[name]["note"]
    return int(rows[name]["rows"]) + is_headerless


PUBLISHED = [
    path
    for path in FILES
    if path.name not in REFUSED and path.stat().st_size < MOST_BYTES
]


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.name)
def test_it_publishes(db: None, path: Path) -> None:
    mended = path.name in BROKEN

    published = publish(Publication(path=path, mend_geometry=mended))

    assert published.rows == rows_of(path.name)
    assert any("mended" in doubt for doubt in published.doubts) == mended


@pytest.mark.parametrize("name", sorted(REFUSED | BROKEN))
def test_it_says_why_not(db: None, name: str) -> None:
    with pytest.raises(RefusedError) as raised:
        publish(Publication(path=FOLDER / name))

    assert all(fault.line for fault in raised.value.faults)
