"""Finds the rows whose geometry stands in a relation to another one, exactly.

PostgreSQL gives the candidates by their boxes, in arrays; GEOS decides, on arrays too.
A row whose box already decides is not read. Memory stays flat: candidates come in
groups, geometries by the weight of their WKB.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from django.conf import settings
from psycopg import sql
from psycopg.errors import QueryCanceled

from data_service.crs.systems import is_rd
from data_service.crs.transforming import measure_from, move_coordinates
from data_service.schemas.tables import CRS84, Field
from shared.problems import UnavailableError

from ..connections import fetch_text, thread_connection
from ..snapshots import Physical
from .conditions import Bounds, box_text, degrees_around
from .selections import Selection
from .values import Target

_GROUP = 32_768  # ordinals, of which the candidates come together
_MOST_WKB = 4_000_000  # bytes of geometries read at once
_HERE = shapely.Point(0, 0)
# Metres around a point: a box without an inside has no sides to cut up.
_LEAST_AROUND = 0.001
_HEADER = 20  # bytes, of a binary array of one dimension
_HINT = (
    "Too many rows lie around this geometry to be compared in time; ask for a smaller "
    "area."
)
Array = np.ndarray[Any, np.dtype[Any]]


def match_rows(
    physical: Physical, field: Field, operator: str, target: Target
) -> Selection:
    """Give the rows whose geometry fits; `operator` is a name of GEOS, or `within`.

    Raises UnavailableError when that takes longer than a statement may.
    """
    matching = _Matching(physical, field, _Test(operator, target))
    try:
        parts = list(matching.parts())
    except QueryCanceled as error:
        raise UnavailableError(_HINT) from error
    return Selection.of(parts, physical.row_count)


def match_exactly(
    physical: Physical, condition: sql.Composable, values: Sequence[Any]
) -> Selection:
    """Give the rows that fit a condition in SQL over the alias `f`.

    Raises UnavailableError when that takes longer than a statement may.
    """
    statement = sql.SQL("SELECT array_agg(f._ordinal) FROM {} AS f WHERE {}").format(
        sql.Identifier("rows", physical.name), condition
    )
    try:
        found = fetch_text(statement.as_bytes(None), values)
    except QueryCanceled as error:
        raise UnavailableError(_HINT) from error
    texts = [found[1:-1].decode()] if found else []
    ordinals = [np.fromstring(text, np.uint32, sep=",") for text in texts]
    return Selection.of(ordinals, physical.row_count)


class _Test:
    """The relation, as functions on arrays of geometries and of boxes."""

    def __init__(self, operator: str, target: Target) -> None:
        self.operator = operator
        self.target = target
        self.shape: Any = shapely.from_wkb(target.wkb)
        self.metres = target.metres or 0.0
        shapely.prepare(self.shape)

    @property
    def bounds(self) -> Bounds:
        """Give the box outside of which nothing fits."""
        if self.operator != "within":
            return self.target.bounds
        x, y, *_ = self.target.bounds
        if is_rd(self.target.crs):
            far = self.metres
            return x - far, y - far, x + far, y + far
        metres = max(self.metres, _LEAST_AROUND)
        return self._moved_bounds(degrees_around(*self._degrees(), metres))

    def fits(self, shapes: Array) -> Array:
        """Tell of each geometry whether it fits."""
        if self.operator == "within":
            return self._are_near(shapes)
        # Of the two the target is prepared: it contains what the other is within.
        relations = {
            "intersects": shapely.intersects,
            "contains": shapely.within,
            "equals": shapely.equals,
        }
        return np.asarray(relations[self.operator](self.shape, shapes))

    def decide(self, boxes: Array) -> tuple[Array, Array]:
        """Tell of each box whether all that it bounds fits, and whether it may."""
        shapes = shapely.box(*boxes.T)
        never = np.zeros(len(boxes), dtype=bool)
        if self.operator == "intersects":
            return shapely.covers(self.shape, shapes), shapely.intersects(
                self.shape, shapes
            )
        if self.operator == "within" and is_rd(self.target.crs):
            x, y, *_ = self.target.bounds
            wide = np.maximum(abs(boxes[:, 0] - x), abs(boxes[:, 2] - x))
            high = np.maximum(abs(boxes[:, 1] - y), abs(boxes[:, 3] - y))
            sure = np.hypot(wide, high) <= self.metres
            return sure, shapely.dwithin(self.shape, shapes, self.metres)
        return never, ~never

    def _are_near(self, shapes: Array) -> Array:
        if is_rd(self.target.crs):
            return np.asarray(shapely.dwithin(self.shape, shapes, self.metres))
        measure = measure_from(*self._degrees())

        def to_metres(positions: Array) -> Array:
            placed = move_coordinates(positions, self.target.crs, CRS84)
            return np.column_stack(measure.transform(*placed.T))

        measured = shapely.transform(shapes, to_metres)
        return np.asarray(shapely.dwithin(_HERE, measured, self.metres))

    def _degrees(self) -> tuple[float, float]:
        place = np.array([self.target.bounds[:2]])
        x, y = move_coordinates(place, self.target.crs, CRS84)[0]
        return float(x), float(y)

    def _moved_bounds(self, bounds: Bounds) -> Bounds:
        """Bring a box in degrees to the system of the field, with all in it."""
        ring = shapely.segmentize(shapely.box(*bounds).exterior, 1.0)
        moved = move_coordinates(shapely.get_coordinates(ring), CRS84, self.target.crs)
        if not np.isfinite(moved).all():
            return -1e12, -1e12, 1e12, 1e12
        west, south = moved.min(axis=0).tolist()
        east, north = moved.max(axis=0).tolist()
        return west, south, east, north


class _Matching:
    """One walk over the candidates, within the time that a statement has."""

    def __init__(self, physical: Physical, field: Field, test: _Test) -> None:
        self._table = sql.Identifier("rows", physical.name)
        self._field = field
        self._test = test
        self._connection = thread_connection()
        self._deadline = time.monotonic() + settings.STATEMENT_TIMEOUT_MS / 1000

    def parts(self) -> Iterator[Array]:
        """Give the ordinals of the rows that fit, in arrays."""
        walk = self._points if self._field.is_point else self._boxes
        for ordinals, *columns in self._candidates(_COLUMNS[self._field.is_point]):
            yield from walk(ordinals.astype(np.uint32), columns)

    def _points(self, ordinals: Array, columns: Sequence[Array]) -> Iterator[Array]:
        x, y = columns
        if self._test.operator == "intersects":
            yield ordinals[shapely.intersects_xy(self._test.shape, x, y)]
            return
        yield ordinals[self._test.fits(np.asarray(shapely.points(x, y)))]

    def _boxes(self, ordinals: Array, columns: Sequence[Array]) -> Iterator[Array]:
        *corners, weights = columns
        sure, possible = self._test.decide(np.column_stack(corners))
        yield ordinals[sure]
        doubtful = possible & ~sure
        for chunk in _chunks(ordinals[doubtful], weights[doubtful]):
            self._check_time()
            found, shapes = self._read(chunk)
            yield found[self._test.fits(shapes)]

    def _candidates(self, columns: Sequence[str]) -> Iterator[list[Array]]:
        """Give ordinals and columns of the rows near the target, group by group."""
        question, box = self._question(columns), box_text(self._test.bounds)
        with self._connection.transaction():
            self._connection.execute(question, (box,), prepare=False)
            while True:
                self._check_time()
                fetched = self._connection.execute(
                    "FETCH 1 FROM kade_candidates", binary=True, prepare=False
                ).pgresult
                if fetched is None or not fetched.ntuples:
                    return
                for row in range(fetched.ntuples):
                    cells = range(fetched.nfields)
                    yield [_array(fetched.get_value(row, cell)) for cell in cells]

    def _question(self, columns: Sequence[str]) -> sql.Composed:
        native = sql.Identifier("f", self._field.native_column)
        wkb = sql.Identifier("f", self._field.wkb_column)
        # The empty geometry of a row has no box, and is near nothing.
        selected = [
            sql.SQL("array_agg(({})::float8)").format(
                sql.SQL(column).format(n=native, wkb=wkb)
            )
            for column in ("f._ordinal", *columns)
        ]
        near = "<@" if self._field.is_point else "&&"
        return sql.SQL(
            "DECLARE kade_candidates NO SCROLL CURSOR FOR SELECT {} FROM {} AS f"
            " WHERE {} {} %s::box GROUP BY f._ordinal / {}"
        ).format(
            sql.SQL(", ").join(selected), self._table, native, sql.SQL(near), _GROUP
        )

    def _read(self, ordinals: Array) -> tuple[Array, Array]:
        """Give ordinals and geometries of rows."""
        statement = sql.SQL(
            "SELECT f._ordinal, {} FROM {} AS f WHERE f._ordinal = ANY(%s)"
        ).format(sql.Identifier("f", self._field.wkb_column), self._table)
        rows = self._connection.execute(
            statement, (ordinals.tolist(),), binary=True, prepare=False
        ).fetchall()
        found = np.array([row[0] for row in rows], dtype=np.uint32)
        return found, shapely.from_wkb([row[1] for row in rows])

    def _check_time(self) -> None:
        if time.monotonic() > self._deadline:
            raise UnavailableError(_HINT)


_COLUMNS: dict[bool, tuple[str, ...]] = {
    True: ("({n})[0]", "({n})[1]"),
    False: (
        "(({n})[1])[0]",
        "(({n})[1])[1]",
        "(({n})[0])[0]",
        "(({n})[0])[1]",
        "octet_length({wkb})",
    ),
}


def _array(value: bytes | None) -> Array:
    """Read a binary array of doubles (each has its length before it)."""
    cell = np.dtype([("length", ">i4"), ("number", ">f8")])
    return np.frombuffer(value or b"", dtype=cell, offset=_HEADER)["number"].astype(
        np.float64
    )


def _chunks(ordinals: Array, weights: Array) -> Iterator[Array]:
    """Split ordinals so that the geometries of each part weigh about the same."""
    if not len(ordinals):
        return
    parts = (np.cumsum(weights) // _MOST_WKB).astype(np.int64)
    yield from np.split(ordinals, np.flatnonzero(np.diff(parts)) + 1)
