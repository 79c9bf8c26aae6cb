"""A physical table of the types that the first rows suggest, filled while reading.

Every batch is held against the guess, and at the end so is what all rows have
taught. A guess that does not hold is an error; the caller then goes the other way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from itertools import repeat
from operator import itemgetter

import psycopg
from psycopg import sql

from . import geometries
from .casting import Casting, Connection, column_names, create_table, finish_table
from .inferring import Inference, Source, infer_type, is_ordered
from .profiling import Profile
from .readers import Batch
from .staging import CELL, ControlCharacterError, escape_rows

# Enough for most files to be known before the first row is written.
HEAD_ROWS = 5000


class GuessError(Exception):
    """The file is not as its first rows suggest, or not in the order of its key."""


class GuessedTable:
    """Writes batches into a physical table; it is there once enough rows were seen.

    Used as a context: leaving it ends the COPY. Each batch must be in the profiles
    before it is written.
    """

    def __init__(
        self,
        connection: Connection,
        name: str,
        inference: Inference,
        profiles: list[Profile],
    ) -> None:
        self._connection = connection
        self._name = name
        self._inference = inference
        self._profiles = profiles
        self._stack = ExitStack()
        self._head: list[Batch] = []
        self._guess: Casting | None = None
        self._copy: psycopg.Copy | None = None
        self.rows = self.bytes = 0

    def __enter__(self) -> GuessedTable:
        return self

    def __exit__(self, *exception: object) -> None:
        self._stack.__exit__(*exception)  # type: ignore[arg-type]

    def write(self, batch: Batch) -> None:
        """Write a batch, or keep it until enough is known."""
        if self._copy is not None:
            self._hold()
            self._write(batch)
            return
        self._head.append(batch)
        if sum(len(kept.rows) for kept in self._head) >= HEAD_ROWS:
            self._start()

    def end(self) -> None:
        """Write what was kept; the file has no more batches."""
        if self._copy is None:
            self._start()

    def finish(self, doubts: list[str]) -> Casting:
        """Hold the guess against what all rows taught, and make its keys.

        Raises:
            GuessError: When the table should have been another one.
        """
        guess = self._guess
        final = self._infer(doubts)
        if guess is None or _layout(guess) != _layout(final):
            raise GuessError
        finish_table(self._connection, final)
        return final

    def _start(self) -> None:
        guess = self._infer([])
        is_plain = any(len(source.columns) == 1 for source in guess.sources)
        is_converted = any(map(geometries.is_converted, guess.sources))
        if not guess.ordered or not is_plain or is_converted:
            raise GuessError
        self._guess = guess
        self._format = _format_of(guess.sources)
        create_table(self._connection, guess)
        statement = sql.SQL("COPY {} ({}) FROM STDIN (DELIMITER {}, NULL '')").format(
            guess.table,
            sql.SQL(", ").join(map(sql.Identifier, column_names(guess.sources))),
            sql.Literal(CELL),
        )
        cursor = self._stack.enter_context(self._connection.cursor())
        self._copy = self._stack.enter_context(cursor.copy(statement))
        for batch in self._head:
            self._write(batch)
        self._head.clear()

    def _infer(self, doubts: list[str]) -> Casting:
        """Describe the table by what is known; only keys that ascend are sure."""
        profiles = self._profiles
        self._inference.settle(profiles, doubts)
        if any(profile.notation for profile in profiles):
            raise GuessError  # cells are rewritten while they are staged
        sources = self._inference.sources(profiles, "", doubts)

        def is_unique(source: Source) -> bool:
            if not is_ordered(source, profiles):
                raise GuessError
            return True

        key = self._inference.key(sources, profiles, is_unique, doubts)
        return Casting(self._name, sources, key, is_ordered(key, profiles))

    def _hold(self) -> None:
        """Hold the guess against the profiles as they are now."""
        guess = self._guess
        if guess is None or not is_ordered(guess.key, self._profiles):
            raise GuessError
        for source in guess.sources:
            for index in source.columns:
                if not _may_be(self._profiles[index], source):
                    raise GuessError

    def _write(self, batch: Batch) -> None:
        if self._copy is None or not batch.rows:
            return
        try:
            text = self._format(batch, self.rows + 1)
        except ControlCharacterError as error:
            raise GuessError from error
        self._copy.write(text)
        self.rows += len(batch.rows)
        self.bytes += len(text)


def _may_be(profile: Profile, source: Source) -> bool:
    """Tell whether a column may still be what was guessed; cheap for most."""
    name = source.field.type_name
    if len(source.columns) == 2:
        name = "number" if profile.has_fractions else "integer"
    candidate = profile.candidates.get(name)
    if candidate is not None:
        return candidate.holds
    return not profile.may_narrow or infer_type(profile) == "string"


def _layout(casting: Casting) -> list[tuple[object, ...]]:
    return [
        (s.field.id, s.field.type_name, s.columns, s == casting.key)
        for s in casting.sources
    ]


def _format_of(sources: Sequence[Source]) -> Callable[[Batch, int], bytes]:
    """Make the function that writes a batch as rows of the physical table.

    The row's number comes first, and again where it is the key; a point comes last.
    """
    plain = [s.columns[0] for s in sources if len(s.columns) == 1]
    pick = _picker(plain)
    point = next((s.columns for s in sources if len(s.columns) == 2), None)
    is_numbered = any(not source.columns for source in sources)
    width = 1 + is_numbered + len(plain) + 3 * (point is not None)

    def format_batch(batch: Batch, first: int) -> bytes:
        last = first + len(batch.rows)
        numbers: Iterable[str] = map(str, range(first, last))
        if is_numbered:
            numbers = [f"{number}{CELL}{number}" for number in range(first, last)]
        points = _points(batch, *point) if point else repeat("")
        rows = [
            f"{number}{CELL}{CELL.join(pick(row))}{place}"
            for number, row, place in zip(numbers, batch.rows, points, strict=False)
        ]
        return escape_rows(rows, width)

    return format_batch


def _picker(indices: Sequence[int]) -> Callable[[Sequence[str | None]], Sequence[str]]:
    if len(indices) == 1:
        return lambda row: (row[indices[0]] or "",)
    if list(indices) == list(range(len(indices))):
        return itemgetter(slice(len(indices)))
    return itemgetter(*indices)


def _points(batch: Batch, longitude: int, latitude: int) -> list[str]:
    """Write points as GeoJSON, EWKT and point, as `geometries.point_values` does."""
    return [
        f'{CELL}{{"type":"Point","coordinates":[{row[longitude]},{row[latitude]}]}}'
        f"{CELL}SRID=4326;POINT ({row[longitude]} {row[latitude]})"
        f"{CELL}({row[longitude]},{row[latitude]})"
        if row[longitude] and row[latitude]
        else f"{CELL}{CELL}{CELL}"
        for row in batch.rows
    ]
