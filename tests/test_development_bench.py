"""Files to measure with are the same each time, and are what they are said to be."""

import csv
import io
import json
import os

import pytest
import shapely

from development.bench import made_up, reading


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


def test_it_asks_for_many_addresses(monkeypatch):
    monkeypatch.setattr(reading, "_followed", lambda _address, path: (path,))

    asked = {w.name: w for w in reading.workloads("http://localhost", 1_000_000)}

    assert len(set(asked["detail"].paths)) > 300
    assert asked["detail"].limit == "/row"
    deep = [int(path.rpartition("=")[2]) for path in asked["deep page"].paths]
    assert min(deep) > 9_000
    assert max(deep) <= 10_000
    paths = [path for workload in asked.values() for path in workload.paths]
    assert all(len(path) < 8_000 and " " not in path for path in paths)


def test_it_gives_the_middle_of_each_figure():
    seen = [reading.Seen(n, 10 * n, 100 * n, 1000 * n) for n in (3.0, 1.0, 2.0)]

    assert reading.middle(seen) == reading.Seen(2.0, 20.0, 200.0, 2000.0)


def test_it_counts_the_work_of_descendants():
    own, parent = os.getpid(), os.getppid()

    used = reading.cpu_seconds((own, parent))

    assert 0 < used[own] <= used[parent]
