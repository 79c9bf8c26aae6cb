"""Faults of a file: all are counted, the first ones are kept to be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field

SHOWN = 100
_LONGEST_VALUE = 80
_BREAK = re.compile(r"\r\n|[\r\n]")
# JSON can write NUL and halves of surrogate pairs (RFC 8259 §8.2); UTF-8 and
# PostgreSQL cannot.
UNSTORABLE = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True)
class Fault:
    """One fault of a file: where, what stands there, and why that cannot be.

    `line` counts from 1, as editors do; 0 means the file as a whole.
    """

    line: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        place = f"line {self.line}" if self.line else "the file"
        column = f", column '{self.column}'" if self.column else ""
        value = f": '{self.value}'" if self.value else ""
        return f"{place}{column}{value} {self.reason}"


@dataclass
class Faults:
    """The faults so far: `count` of them, of which `shown` are kept."""

    count: int = 0
    shown: list[Fault] = field(default_factory=list)

    def add(self, line: int, reason: str, *, column: str = "", value: str = "") -> None:
        """Note a fault; a long value is cut."""
        self.count += 1
        if len(self.shown) < SHOWN:
            self.shown.append(Fault(line, column, cut(value), reason))

    def add_uncounted(self, count: int) -> None:
        """Count faults that are known by number only."""
        self.count += count

    def extend(self, others: Faults) -> None:
        """Take over the faults of another place."""
        self.count += others.count
        self.shown += others.shown[: max(SHOWN - len(self.shown), 0)]

    def __bool__(self) -> bool:
        return self.count > 0

    def __iter__(self) -> Iterator[Fault]:
        return iter(self.shown)

    def as_json(self) -> list[dict[str, object]]:
        """Give the shown ones as plain values, to be stored."""
        return [asdict(fault) for fault in self.shown]


def cut(value: str, longest: int = _LONGEST_VALUE) -> str:
    """Shorten a value for a message, on one line."""
    printable = UNSTORABLE.sub("\ufffd", _BREAK.sub("⏎", value[: longest + 1]))
    return printable if len(value) <= longest else f"{printable[:longest]}…"


def counted(number: int, noun: str, several: str = "") -> str:
    """Write a number of things for a message: '1 row' or '2,000 rows'."""
    return f"{number:,} {noun if number == 1 else several or f'{noun}s'}"


def name_lines(lines: Sequence[int]) -> str:
    """Write line numbers for a message: 'line 3' or 'lines 3, 5, 8'."""
    word = "line" if len(lines) == 1 else "lines"
    return f"{word} {', '.join(map(str, lines))}"
