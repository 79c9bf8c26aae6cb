"""Why a source or an API is not registered or changed."""

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


class ApiKnownError(RegistrationError):
    """The API is in the catalogue already."""

    def __init__(self, api_id: int) -> None:
        super().__init__(f"this document is in the catalogue already, as API {api_id}")
        self.api_id = api_id


class HarvestedError(RegistrationError):
    """The document of this API is read at its source; it cannot be pushed too."""


class NotOwnerError(RegistrationError):
    """This API was registered by another account."""


class DeviationKnownError(RegistrationError):
    """This deviation is explained already."""

    def __init__(self, deviation_id: int) -> None:
        told = f"this deviation is explained already, with id {deviation_id}"
        super().__init__(told)
        self.deviation_id = deviation_id


class TooManyDeviationsError(RegistrationError):
    """No more deviations of this API are taken; explain rules, not places."""
