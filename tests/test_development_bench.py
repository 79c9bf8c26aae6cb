"""Files to measure with are the same each time, and are what they are said to be."""

import csv
import io
import json

import pytest
import shapely

from development.bench import made_up


def _written(write, rows=50):
    file = io.StringIO(newline="")
    write(file, rows)
    return file.getvalue()


@pytest.mark.parametrize("write", [made_up.write_rows, made_up.write_areas])
def test_it_writes_the_same_each_time(write):
    assert _written(write) == _written(write)


def test_it_writes_rows_of_all_columns():
    rows = list(csv.reader(io.StringIO(_written(made_up.write_rows), newline="")))

    assert rows[0] == list(made_up.ROW_NAMES)
    assert {len(row) for row in rows} == {18}
    assert [row[0] for row in rows[1:]] == [str(n) for n in range(1, 51)]


def test_it_writes_valid_areas_of_150_vertices():
    features = map(json.loads, _written(made_up.write_areas).splitlines())

    for feature in features:
        (ring,) = feature["geometry"]["coordinates"]
        assert len({tuple(position) for position in ring}) == 150
        assert shapely.Polygon(ring).is_valid
