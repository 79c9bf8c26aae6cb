"""Reads one long JSON text piece by piece, with a window of it in memory.

The standard library decodes each value at the speed of C; this keeps the place, asks
for more text when a value is cut off, and knows the line of an error.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TextIO

_BLOCK = 1 << 20
# A value that is longer was probably never closed.
LONGEST_VALUE = 256 * 1024 * 1024
# An error this close to the end of the window may be a value that is cut off.
_MARGIN = 16
_BLANKS = " \t\n\r"


class JsonError(ValueError):
    """The text is no JSON, at a line and column."""

    def __init__(self, reason: str, line: int, column: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.column = column


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number (RFC 8259 §6)")


class JsonWindow:
    """A place in a JSON text; goes forward only."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._decode = json.JSONDecoder(parse_constant=_refuse_constant).raw_decode
        self._text = ""
        self._at = 0
        self._line = 1
        self._column = 1
        self._counted = 0
        self._ended = False

    @property
    def line(self) -> int:
        """Give the line of the place, counted from 1."""
        self._count_to(self._at)
        return self._line

    def peek(self) -> str:
        """Skip blanks; give the next character, or nothing at the end."""
        while True:
            text, at = self._text, self._at
            while at < len(text) and text[at] in _BLANKS:
                at += 1
            self._at = at
            if at < len(text):
                return text[at]
            if not self._more():
                return ""

    def take(self, expected: str) -> None:
        """Step over one character, which must be the expected one.

        Raises:
            JsonError: When it is another.
        """
        found = self.peek()
        if found != expected:
            raise self.error(f"has {found or 'its end'!r} where {expected!r} should be")
        self._at += 1

    def value(self) -> Any:
        """Give the JSON value that starts here, and go behind it.

        Raises:
            JsonError: When there is none.
        """
        self.peek()
        while True:
            try:
                value, end = self._decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if not self._is_cut_off(error):
                    raise self.error(f"is no JSON: {error.msg}", error.pos) from error
            except (ValueError, RecursionError) as error:
                raise self.error(f"is no JSON: {error}") from error
            else:
                # A number at the very end of the window may go on.
                if end < len(self._text) or self._ended:
                    self._at = end
                    return value
            if len(self._text) - self._at > LONGEST_VALUE:
                raise self.error("has a value that is too long")
            self._more()

    def items(self) -> Iterator[None]:
        """Walk the list that starts here, stopping at each item for it to be read."""
        self.take("[")
        if self.peek() == "]":
            self.take("]")
            return
        while True:
            yield
            if self.peek() != ",":
                self.take("]")
                return
            self.take(",")

    def error(self, reason: str, at: int | None = None) -> JsonError:
        """Make an error with the line and column of a place (the current one)."""
        self._count_to(self._at if at is None else max(at, self._at))
        return JsonError(reason, self._line, self._column)

    def _is_cut_off(self, error: json.JSONDecodeError) -> bool:
        near_end = error.pos >= len(self._text) - _MARGIN
        may_go_on = near_end or error.msg.startswith("Unterminated string")
        return may_go_on and not self._ended

    def _more(self) -> bool:
        """Read on, as much again as is held; drop what was passed."""
        self._count_to(self._at)
        kept = self._text[self._at :]
        read = self._file.read(max(_BLOCK, len(kept)))
        self._ended = not read
        self._text, self._at, self._counted = kept + read, 0, 0
        return bool(read)

    def _count_to(self, at: int) -> None:
        passed = self._text[self._counted : at]
        breaks = passed.count("\n")
        self._line += breaks
        if breaks:
            self._column = len(passed) - passed.rindex("\n")
        else:
            self._column += len(passed)
        self._counted = at
