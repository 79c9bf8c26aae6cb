"""Why a document is refused, in words for whoever offered it."""

from __future__ import annotations


class DocumentError(Exception):
    """The document is refused; `line` and `column` count from 1, 0 when not known."""

    def __init__(self, reason: str, *, line: int = 0, column: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.column = column

    def __str__(self) -> str:
        if not self.line:
            return self.reason
        where = f"line {self.line}"
        return (
            f"{where}, column {self.column}: {self.reason}"
            if self.column
            else (f"{where}: {self.reason}")
        )


class TooLargeError(DocumentError):
    """The document has more bytes than are read."""


class EncodingError(DocumentError):
    """The bytes are not text, or hold characters that no document may have."""


class CharacterError(EncodingError):
    """A string holds what no document may have, though its bytes are text."""


class SyntaxFaultError(DocumentError):
    """The text is neither JSON nor YAML."""


class NumberError(DocumentError):
    """A number is none that JSON can hold."""


class DuplicateKeyError(DocumentError):
    """A key stands twice in one object, so that readers disagree on its value."""


class TooComplexError(DocumentError):
    """The document is nested, repeated or referred to beyond the limits."""


class NotOpenApiError(DocumentError):
    """The document is something else than an OpenAPI document."""


class OverLimitsError(DocumentError):
    """Reading the document took more time or memory than a document may take."""
