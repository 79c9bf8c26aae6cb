"""Why a source is not registered."""

from __future__ import annotations


class RegistrationError(Exception):
    """The source is not registered."""

    def __str__(self) -> str:
        return super().__str__() or (self.__doc__ or "").rstrip(".")


class SourceKnownError(RegistrationError):
    """The source is registered already."""

    def __init__(self, source_id: int) -> None:
        super().__init__(f"this source is registered already, with id {source_id}")
        self.source_id = source_id
