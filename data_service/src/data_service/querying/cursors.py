"""Where a page begins: an opaque text in a link, which only the service can write.

It names a row of a physical table, which never changes. So it says all that an order
may need of that row, in few bytes, however long its values are (ADR 0022).
"""

from __future__ import annotations

import hmac
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from dataclasses import astuple, dataclass

from django.utils.crypto import salted_hmac

_FORM = struct.Struct("!QQI?")
_SIGNATURE_BYTES = 12  # guessed once in 2^96: it guards nothing but our own time
_SALT = "data_service.querying.cursors"


class CursorError(ValueError):
    """The text is no cursor of this table."""


@dataclass(frozen=True)
class Cursor:
    """A row at the edge of a page.

    Attributes:
        physical_id: Of the physical table of the row.
        ordinal: Of the row.
        page: The number of the page that is meant.
        backward: Whether the page ends before the row; it begins after it otherwise.
    """

    physical_id: int
    ordinal: int
    page: int
    backward: bool = False


def write_cursor(cursor: Cursor, table_id: str) -> str:
    """Write a cursor for the link to a page of a table."""
    content = _FORM.pack(*astuple(cursor))
    return urlsafe_b64encode(content + _signature(content, table_id)).decode()


def read_cursor(text: str, table_id: str) -> Cursor:
    """Read a cursor, raising CursorError for one that was not written for the table."""
    try:
        written = urlsafe_b64decode(text.encode("ascii"))
    except (Base64Error, UnicodeEncodeError) as error:
        raise CursorError(text) from error
    content, signature = written[: _FORM.size], written[_FORM.size :]
    if not hmac.compare_digest(signature, _signature(content, table_id)):
        raise CursorError(text)
    return Cursor(*_FORM.unpack(content))


def _signature(content: bytes, table_id: str) -> bytes:
    digest = salted_hmac(f"{_SALT}/{table_id}", content, algorithm="sha256").digest()
    return digest[:_SIGNATURE_BYTES]
