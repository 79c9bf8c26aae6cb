"""What is known of a column once all its cells have been seen.

Types are settled on all rows, not on a sample: each batch of a column is checked as a
whole against the types that it may still have, and cell by cell only on a misfit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import lt

from .cells import CELL_CHECKS

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


@dataclass
class Candidate:
    """A type that a column may have: how many cells fit, and the first that do not."""

    fitting: int = 0
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
        self.without_offset = 0
        self.is_distinct = True
        self.ascending = Ascending()
        self.range: tuple[float, float] | None = None
        self._tracks_range = tracks_range

    @property
    def is_empty(self) -> bool:
        """Tell whether no cell has a value."""
        return self.nulls == self.count

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
        """Take in the cells of one batch."""
        texts = [cell or "" for cell in cells]
        nulls = cells.count(None) if kinds is not None else cells.count("")
        self.count += len(cells)
        self.nulls += nulls
        self.kinds |= kinds or frozenset()
        if nulls == len(cells):
            self.is_distinct = False
            return
        self.longest = max(self.longest, *map(len, texts))
        self._see_key(texts, nulls)
        names = _candidates(kinds, tracks_range=self._tracks_range)
        if kinds and "" in cells:
            # An empty text of JSON is a value, and no date.
            self._lose(names, lines[cells.index("")])
        self._see_types(names, texts, lines, len(cells) - nulls)

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
        # The batch in which a type is lost still counts what fitted: a column is
        # mixed when most of it fitted.
        for name in names:
            candidate = self.candidates[name]
            if candidate.holds:
                _see_candidate(name, candidate, texts, lines, valued)
        number = self.candidates["number"]
        if "number" in names and number.holds and not self.candidates["integer"].holds:
            self.has_fractions |= any("." in t or "e" in t or "E" in t for t in texts)
        if "number" in names and number.holds and self._tracks_range:
            self._see_range([float(text) for text in texts if text])
        if "string/date-time" in names and self.candidates["string/date-time"].holds:
            self.without_offset += sum(map(_lacks_offset, texts))

    def _see_key(self, texts: Sequence[str], nulls: int) -> None:
        if not self.is_distinct:
            return
        if nulls or self.longest > LONGEST_KEY or len(set(texts)) < len(texts):
            self.is_distinct = False
            return
        self.ascending.see(texts)

    def _see_range(self, values: list[float]) -> None:
        low, high = self.range or (values[0], values[0])
        self.range = min(low, *values), max(high, *values)


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
    if check.fits_all(texts):
        candidate.fitting += valued
        return
    misfits = check.misfits(texts)
    candidate.misfit_count = len(misfits)
    candidate.misfits = [(lines[i], texts[i]) for i in misfits[:_KEPT_MISFITS]]
    candidate.fitting += valued - len(misfits)


def _lacks_offset(text: str) -> bool:
    """Tell whether a date-time has no offset from UTC (it starts at letter 20)."""
    return bool(text) and not (text[-1] in "Zz" or "+" in text[16:] or "-" in text[16:])
