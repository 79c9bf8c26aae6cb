"""Errors of comparing."""


class DiffingError(Exception):
    """The documents cannot be compared."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or self.__class__.__doc__)


class NotADocumentError(DiffingError):
    """An OpenAPI document is an object; this one is not."""
