"""Errors of the verbs: one line that says what is wrong and how to mend it."""

import errno
import sys
from collections.abc import Callable
from typing import NoReturn


class DevelopmentError(Exception):
    """A verb cannot do its work."""


class DiskFullError(DevelopmentError):
    """The disk is full: make room (`make clean` removes what can be made again)."""

    def __init__(self, place: object = "") -> None:
        where = f" under {place}" if place else ""
        super().__init__(
            f"The disk is full{where}: make room and try again"
            " (`make clean` removes what can be made again)."
        )


def tells_of_full_disk(printed: str) -> bool:
    """Recognise a full disk in what a program printed."""
    signs = ("No space left on device", "could not extend file")
    return any(sign in printed for sign in signs)


def finish(verb: Callable[[], int]) -> NoReturn:
    """Run a verb and exit with its code, or with one line that says what is wrong."""
    try:
        sys.exit(verb())
    except KeyboardInterrupt:
        sys.exit(130)
    except DevelopmentError as error:
        _give_up(str(error))
    except OSError as error:
        _give_up(_sentence(error))


def _sentence(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return str(DiskFullError(error.filename or ""))
    if isinstance(error, PermissionError):
        return (
            f"{error.filename} is not yours to change: another user made it."
            " Remove it as that user, or use a clone of your own."
        )
    return f"{error.strerror or error}: {error.filename or 'no file named'}"


def _give_up(sentence: str) -> NoReturn:
    sys.stdout.flush()
    sys.stderr.write(f"kade: {sentence}\n")
    sys.exit(1)
