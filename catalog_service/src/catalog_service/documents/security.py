"""How callers of an API make themselves known, as its document says."""

from __future__ import annotations

from typing import Any

from .parsing import Document
from .pointers import resolve
from .texts import object_of, text_of

NONE = "none"
_BY_SCHEME = {"basic": "basic", "bearer": "bearer"}
_KNOWN = {
    "apiKey": "apiKey",
    "basic": "basic",
    "oauth2": "oauth2",
    "openIdConnect": "openIdConnect",
    "mutualTLS": "mutualTLS",
}


def authentication_of(document: Document) -> tuple[str, ...]:
    """List the kinds of authentication: none, apiKey, basic, bearer, oauth2, ….

    What a document defines counts, whether or not every operation asks for it.
    """
    content = document.content
    if document.specification.is_swagger:
        schemes = object_of(content.get("securityDefinitions"))
    else:
        components = object_of(content.get("components"))
        schemes = object_of(components.get("securitySchemes"))
    kinds = {_kind(object_of(resolve(content, scheme))) for scheme in schemes.values()}
    return tuple(sorted(kinds)) or (NONE,)


def _kind(scheme: dict[str, Any]) -> str:
    stated = text_of(scheme.get("type"))
    if stated == "http":
        return _BY_SCHEME.get(text_of(scheme.get("scheme")).lower(), "http")
    return _KNOWN.get(stated, "other")
