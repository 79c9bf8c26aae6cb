"""What can go wrong with an import, in words for the person who started it."""

from __future__ import annotations

from .faults import Faults


class ImportingError(Exception):
    """The import cannot be done."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or self.__doc__)


class RefusedError(ImportingError):
    """The file has faults; `faults` has the first ones and their number."""

    def __init__(self, faults: Faults) -> None:
        super().__init__()
        self.faults = faults


class BusyError(ImportingError):
    """Another import of this dataset is running; try again when it is done."""


class HeldError(BusyError):
    """What is served was kept from being changed all the time: publish it again."""


class MovedError(ImportingError):
    """What is served was changed while the file was read: publish the file again."""


class UnknownDatasetError(ImportingError):
    """There is no such dataset."""


class UnknownSnapshotError(ImportingError):
    """There is no such snapshot of this dataset."""


class NameClashError(ImportingError):
    """A name would clash with another URL."""


class UnsupportedFileError(ImportingError):
    """Files of this kind cannot be read."""


class MissingExtraError(ImportingError):
    """Files of this kind need packages that are not installed."""


class BreakingChangeError(ImportingError):
    """The change would break clients."""


class TooLargeError(ImportingError):
    """The file is too large."""


class LostFileError(ImportingError):
    """The file was lost with the database that it waited in: send it again."""


class UnknownVersionError(ImportingError):
    """There is no such version of this dataset, or it serves nothing."""
