"""The bodies that documents come in, and the answers, as the OpenAPI document says."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiResponse

from catalog_service.documents.lifecycle import STATUSES

from .serializers import AdmittedSerializer
from .values import MAX_OWNER, PUBLIC_URL, WITHOUT_NUL

_DOCUMENT: dict[str, Any] = {
    "type": "object",
    "description": (
        "An OpenAPI 3.0, 3.1 or 3.2 document, or a Swagger 2.0 one; an invalid one is "
        "admitted, with what is wrong."
    ),
    "required": ["openapi"],
    "properties": {
        "openapi": {"type": "string", "pattern": r"^3\.[012]\.[0-9]{1,3}$"},
    },
}
_URL: dict[str, Any] = {
    "type": "object",
    "description": "Where a document is read, now and again and again.",
    "required": ["url"],
    "properties": {
        "url": {"type": "string", "pattern": PUBLIC_URL, "maxLength": 2000},
        "owner": {"type": "string", "maxLength": MAX_OWNER, "pattern": WITHOUT_NUL},
    },
    "additionalProperties": False,
}
_DAY = {"type": "string", "format": "date", "nullable": True}
DOCUMENT_BODY: dict[str, Any] = {
    "application/json": _DOCUMENT,
    "application/yaml": _DOCUMENT,
}
DOCUMENT_OR_URL_BODY: dict[str, Any] = {
    "application/json": {"anyOf": [_DOCUMENT, _URL]},
    "application/yaml": _DOCUMENT,
}
CHANGE_BODY: dict[str, Any] = {
    "application/json": {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": {
            "owner": {"type": "string", "maxLength": MAX_OWNER},
            "status": {"type": "string", "enum": [*STATUSES, None], "nullable": True},
            "deprecated": _DAY,
            "sunset": _DAY,
        },
    }
}
_REFUSED = OpenApiResponse(description="The document is refused; the detail says why.")
REPLACE_RESPONSES: dict[int, Any] = {
    200: AdmittedSerializer,
    201: AdmittedSerializer,
    409: OpenApiResponse(description="Known already, or read at a source."),
    422: _REFUSED,
}
PUSH_RESPONSES = REPLACE_RESPONSES
