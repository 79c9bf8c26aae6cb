"""Turn bytes into text, strictly: doubtful bytes are refused, not replaced."""

from __future__ import annotations

import codecs

from .errors import EncodingError, NotOpenApiError, TooLargeError
from .limits import MAX_JSON_BYTES


def decode(raw: bytes) -> str:
    """Return the text of UTF-8, or of UTF-16 with a byte order mark, without the mark.

    Raises TooLargeError, EncodingError naming the line, or NotOpenApiError when the
    text is empty or plainly a page.
    """
    if len(raw) > MAX_JSON_BYTES:
        raise TooLargeError(f"the document has more than {MAX_JSON_BYTES:,} bytes")
    text = _decoded(raw)
    if "\0" in text:
        raise EncodingError(
            "the document holds a NUL character", line=_line(text, text.index("\0"))
        )
    _refuse_pages(text)
    return text


def _decoded(raw: bytes) -> str:
    encoding = "utf-8-sig"
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        reason = f"byte 0x{raw[error.start]:02x} is not {encoding[:6].rstrip('-')} text"
        raise EncodingError(reason, line=line) from error


def _refuse_pages(text: str) -> None:
    opening = text.lstrip()[:1]
    if not opening:
        raise NotOpenApiError("not an OpenAPI document (it is empty)")
    if opening == "<":
        raise NotOpenApiError("not an OpenAPI document (looks like HTML)")


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
