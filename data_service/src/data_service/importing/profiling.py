"""What is known of a column once all its cells have been seen.

Types are settled on all rows, not on a sample: each batch of a column is checked as a
whole against the types that it may still have, and cell by cell only on a misfit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import lt
from typing import cast

from .cells import CELL_CHECKS
from .notations import NULL_WORDS, Notation, Writing
from .written_geometries import WrittenGeometries

CANDIDATES = (
    "boolean",
    "integer",
    "number",
    "string/date",
    "string/date-time",
    "string/time",
)
_TEXT_CANDIDATES = CANDIDATES[3:]
_KEPT_MISFITS = 3
# Longer keys do not fit an index of PostgreSQL (a third of a page).
LONGEST_KEY = 1000
_FRACTION = re.compile("[.eE]")
_OFFSET = re.compile("[Zz+-]")


@dataclass
class Candidate:
    """A type that a column may have: how many cells fit, and the first that do not.

    Counting ends with the batch of the first misfit.
    """

    fitting: int = 0
    seen: int = 0
    misfits: list[tuple[int, str]] = field(default_factory=list)
    misfit_count: int = 0

    @property
    def holds(self) -> bool:
        """Tell whether every cell so far fits."""
        return not self.misfit_count


class Profile:
    """A column so far."""

    def __init__(self, name: str, *, tracks_range: bool = False) -> None:
        self.name = name
        self.count = 0
        self.nulls = 0
        self.longest = 0
        self.kinds: set[str] = set()
        self.candidates = {name: Candidate() for name in CANDIDATES}
        self.has_fractions = False
        self.without_offset = False
        self.is_distinct = True
        self.pointed = Pointed()
        self.ascending = Ascending()
        self.range: tuple[float, float] | None = None
        self.geometries = WrittenGeometries()
        self.writing = Writing()
        # Settled once all rows were seen.
        self.notation: Notation | None = None
        self.tracks_range = tracks_range
        self._open: Sequence[str] = CANDIDATES

    @property
    def is_empty(self) -> bool:
        """Tell whether no cell has a value."""
        return self.nulls == self.count

    @property
    def may_narrow(self) -> bool:
        """Tell whether the column may have another type than text."""
        return not self.is_empty and (bool(self._open) or self.geometries.holds)

    def settle(self, notation: Notation) -> None:
        """Take the cells for written so; words that stand for no value are none."""
        self.notation = notation
        self.nulls += self.writing.null_words

    def add_missing(self, count: int) -> None:
        """Count rows of before the column was first seen."""
        self.count += count
        self.nulls += count
        self.is_distinct = self.is_distinct and not count

    def see(
        self,
        cells: Sequence[str | None],
        lines: Sequence[int],
        kinds: frozenset[str] | None = None,
    ) -> None:
        """Take in the cells of one batch; those of text hold no None."""
        nulls = cells.count("" if kinds is None else None)
        self.count += len(cells)
        self.nulls += nulls
        self.kinds |= kinds or frozenset()
        if nulls == len(cells):
            self.is_distinct = False
            return
        valued = len(cells) - nulls
        if kinds is None:
            texts = cast(Sequence[str], cells)
            self._see_key(texts, nulls)
            self.pointed.see(texts)
            before = self._open
            self._see_types(before, texts, lines, valued)
            self.writing.see(texts, before, self._open)
            if self.geometries.holds:
                self.geometries.see(texts)
            return
        texts = [cell or "" for cell in cells]
        self._see_key(texts, nulls)
        names = _candidates(kinds, tracks_range=self.tracks_range)
        if "" in cells:
            # An empty text of JSON is a value, and no date.
            self._lose(names, lines[cells.index("")])
        self._see_types(names, texts, lines, valued)

    def _lose(self, names: Sequence[str], line: int) -> None:
        for name in names:
            self.candidates[name].misfit_count += 1
            self.candidates[name].misfits.append((line, ""))

    def _see_types(
        self,
        names: Sequence[str],
        texts: Sequence[str],
        lines: Sequence[int],
        valued: int,
    ) -> None:
        holding = [name for name in names if self.candidates[name].holds]
        # The batch in which a type is lost still counts what fitted: a column is
        # mixed when most of it fitted.
        for name in holding:
            candidate = self.candidates[name]
            if name == "number" and "integer" in holding:
                integer = self.candidates["integer"]
                if integer.holds:
                    # What is an integer is a number too.
                    candidate.seen, candidate.fitting = integer.seen, integer.fitting
                    continue
            _see_candidate(name, candidate, texts, lines, valued)
        self._open = [name for name in holding if self.candidates[name].holds]
        if "number" in self._open:
            self._see_numbers(texts)
        if "string/date-time" in self._open and not self.without_offset:
            self.without_offset = _lack_offsets(texts, valued)

    def _see_numbers(self, texts: Sequence[str]) -> None:
        if not self.has_fractions and not self.candidates["integer"].holds:
            self.has_fractions = any(map(_FRACTION.search, texts))
        if self.tracks_range:
            values = list(map(float, filter(None, texts)))
            values += self.range or ()
            self.range = min(values), max(values)

    def _see_key(self, texts: Sequence[str], nulls: int) -> None:
        """See whether no two rows of the batch are alike; keys are never long."""
        if not self.is_distinct:
            return
        self.longest = max(self.longest, *map(len, texts))
        if nulls or self.longest > LONGEST_KEY or len(set(texts)) < len(texts):
            self.is_distinct = False
            return
        self.ascending.see(texts)


class Pointed:
    """Whether every cell so far ends with a point: 1., 2. and 3. number things."""

    def __init__(self) -> None:
        self._ends = True
        self.sample = ""

    def __bool__(self) -> bool:
        return bool(self.sample) and self._ends

    def see(self, texts: Sequence[str]) -> None:
        """Take in the cells of a batch; empty ones say nothing."""
        if not self._ends:
            return
        if not self.sample:
            values = (text for text in texts if text and text not in NULL_WORDS)
            self.sample = next(values, "")
        self._ends = all(
            text[-1] == "." or text in NULL_WORDS for text in filter(None, texts)
        )


class Ascending:
    """Whether a column ascends strictly so far, as text and as integers.

    One that does is sorted and without doubles, which saves both to the database.
    """

    def __init__(self) -> None:
        self.as_text = True
        self.as_integers = True
        self._last = ""

    def see(self, texts: Sequence[str]) -> None:
        """Take in cells that all have a value."""
        cells = [self._last, *texts] if self._last else list(texts)
        self._last = cells[-1]
        if self.as_text:
            self.as_text = all(map(lt, cells, cells[1:]))
        if self.as_integers:
            self.as_integers = _ascend_as_integers(cells)


def _candidates(kinds: frozenset[str] | None, *, tracks_range: bool) -> Sequence[str]:
    """Give the types to try: all for text, what its kind leaves open for JSON."""
    if kinds is None:
        return CANDIDATES
    if kinds == {"string"}:
        return _TEXT_CANDIDATES
    return ("number",) if tracks_range and kinds <= {"integer", "number"} else ()


def _ascend_as_integers(cells: list[str]) -> bool:
    try:
        values = list(map(int, cells))
    except ValueError:
        return False
    return all(map(lt, values, values[1:]))


def _see_candidate(
    name: str,
    candidate: Candidate,
    texts: Sequence[str],
    lines: Sequence[int],
    valued: int,
) -> None:
    check = CELL_CHECKS[name]
    candidate.seen += valued
    if check.fits_all(texts):
        candidate.fitting += valued
        return
    misfits = check.misfits(texts)
    candidate.misfit_count = len(misfits)
    candidate.misfits = [(lines[i], texts[i]) for i in misfits[:_KEPT_MISFITS]]
    candidate.fitting += valued - len(misfits)


def _lack_offsets(texts: Sequence[str], valued: int) -> bool:
    """Tell whether some date-time has no offset from UTC (it starts at letter 16)."""
    if ("\n".join(texts) + "\n").count("Z\n") == valued:
        return False
    return any(text and not _OFFSET.search(text, 16) for text in texts)
