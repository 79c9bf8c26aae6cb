"""What docs/differences.md says of parameters is so, and is all that is said."""

from __future__ import annotations

from pathlib import Path

import pytest

URL = "/v1/trees/tree"
DOCUMENT = Path(__file__).parents[3] / "docs" / "differences.md"

# A row of the document by a part of its first cell: a request that shows it, and what
# is found: a status, or the identifiers of the rows.
SHOWN = {
    "`page=0`, `page=abc` are 404": [("page=0", 400), ("page=abc", 400)],
    "`page` above 100": [("page=101&_pageSize=1", 404), ("page=4&_pageSize=1", [4])],
    "`_pageSize` without limit": [("_pageSize=1001", 400), ("_pageSize=-1", 400)],
    "unknown `_format` is 404": [("_format=xxx", 400)],
    "`_count=1` is ignored": [("_count=1", 400)],
    "aliases `page_size`": [("page_size=1&page=2", [2])],
    "CSV and GeoJSON with `page` alone": [("_format=geojson&page=2", 404)],
    "any other `_csv_separator`": [("_csv_separator=x", 400)],
    "a repeated filter counts once": [("name=oak&name=elm?", [])],
    "a comma in a value of `[in]`": [('name[in]="Oak,x",Oak', [1])],
    "`*` and `?` in `[like]`": [("name[like]=Elm\\?", [3]), ("name[like]=\\*", [])],
    "`height[gt]=-1`": [("height[gt]=-1", [1, 3]), ("height[lt]=1e3", [1, 3])],
    "`_sort` without tie-breaker": [("_sort=alive", [2, 1, 3, 4])],
    "order of text by locale": [("_sort=name", [3, 1, 2, 4])],
    "date-time filters without offset": [("seen[gte]=2020-03-01T21:30:00", [2])],
    "text filters of any length": [(f"name={'x' * 501}", 400)],
    "`_expand`": [("_expand=true", 400), ("_expandScope=x", 400)],
}
# No request to the trees shows these: tested elsewhere, or of another issue of theirs.
TOLD = [
    "`_format=geojson` for a table without geometry",
    "`[contains]` on numbers",
    "`DSO-…` on one row",
]


def rows_of_document():
    _, _, section = DOCUMENT.read_text().partition("## Parameters")
    rows, _, _ = section.partition("\n## ")
    lines = [line for line in rows.splitlines() if line.startswith("| ")]
    return [line.strip("| ").partition(" | ")[0] for line in lines[1:]]


@pytest.mark.parametrize("row", rows_of_document())
def test_it_lists_what_is_shown_or_tested(row):
    assert sum(part in row for part in [*SHOWN, *TOLD]) == 1


@pytest.mark.parametrize("part", SHOWN)
def test_it_still_lists_what_is_shown(part):
    assert sum(part in row for row in rows_of_document()) == 1


@pytest.mark.parametrize("case", [case for cases in SHOWN.values() for case in cases])
def test_it_differs_as_listed(get, case):
    query, expected = case

    response = get(f"{URL}?{query}")

    found = response.status_code
    if found == 200:
        found = [row["id"] for row in response.json()["_embedded"]["tree"]]
    assert found == expected
