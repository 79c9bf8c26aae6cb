"""Documents in the bodies of requests: JSON or YAML, plain or packed.

What a client says of its document is often wrong; it decides only whether a body is
read at all. Everything else is found out from the bytes (ADR 0010).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from catalog_service.documents import DocumentError
from catalog_service.documents.json_reading import read_json
from catalog_service.documents.limits import MAX_JSON_BYTES
from shared.fetching.bodies import read_body
from shared.fetching.errors import BodyError, TooLargeError
from shared.problems import BadRequestError, Fault, UnsupportedMediaTypeError
from shared.problems import TooLargeError as TooLargeProblem

MEDIA_TYPES = (
    "application/json",
    "application/yaml",
    "application/vnd.oai.openapi+json",
    "application/vnd.oai.openapi",
    "application/vnd.oai.openapi+yaml",
    "application/x-yaml",
    "text/yaml",
    "text/x-yaml",
    "text/plain",
    "text/html",  # to say that it is no document, which 415 would not
    "application/octet-stream",
)
_ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip"})
# No address is longer; what is, is a document.
_MOST_OF_REQUEST = 8_000


class BytesParser(BaseParser):
    """Hands out the body as it came, unpacked."""

    # DRF's types know no bodies but forms and objects.
    def parse(  # type: ignore[override]
        self,
        stream: Any,  # noqa: ARG002
        media_type: str | None = None,  # noqa: ARG002
        parser_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """Return the bytes; raises the problems of `read_bytes`."""
        request = (parser_context or {})["request"]
        return read_bytes(request._request)


DOCUMENT_PARSERS = [
    type(f"Parser{number}", (BytesParser,), {"media_type": media_type})
    for number, media_type in enumerate(MEDIA_TYPES)
]


def body_of(request: Request) -> bytes:
    """Return the body of a request; raises the problems of `read_bytes`."""
    body: Any = request.data
    return bytes(body)


def read_bytes(request: HttpRequest) -> bytes:
    """Return the body of a request, unpacked within the limits of documents.

    Raises UnsupportedMediaTypeError, TooLargeProblem or BadRequestError.
    """
    encoding = request.META.get("HTTP_CONTENT_ENCODING", "").strip().lower()
    if encoding not in _ENCODINGS:
        raise UnsupportedMediaTypeError("A body may be packed with gzip only.")
    try:
        return read_body(
            [request.body], encoding=encoding, length="", max_bytes=MAX_JSON_BYTES
        )
    except TooLargeError as error:
        raise TooLargeProblem(str(error)) from error
    except BodyError as error:
        raise BadRequestError(faults=[Fault("body", str(error), "body")]) from error


def request_in(raw: bytes) -> dict[str, Any] | None:
    """Return the request to register a URL that a body holds; None for a document."""
    if len(raw) > _MOST_OF_REQUEST or not raw.lstrip().startswith(b"{"):
        return None
    try:
        value = read_json(raw.decode())
    except (DocumentError, UnicodeDecodeError):
        return None
    is_request = "url" in value and not {"openapi", "swagger"} & set(value)
    return value if is_request else None
