"""What every operation may answer, and the headers of the answers."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

PROBLEM: Schema = {
    "type": "object",
    "description": "Problem details (RFC 9457).",
    "required": ["title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "instance": {"type": "string", "format": "uri-reference"},
        "invalid-params": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "reason"],
                "properties": {
                    "type": {"type": "string"},
                    "name": {"type": "string"},
                    "reason": {"type": "string"},
                    "in": {"type": "string"},
                    "accepted": {"type": "string"},
                },
            },
        },
    },
    "example": {
        "type": "urn:apiexception:invalid",
        "title": "Invalid input.",
        "status": 400,
        "detail": "page: '0' is not accepted",
        "invalid-params": [
            {
                "type": "urn:apiexception:invalid:invalid",
                "name": "page",
                "reason": "'0' is not accepted",
                "in": "query",
                "accepted": "a whole number from 1 to 1000000000",
            }
        ],
    },
}

_NUMBER = {"type": "integer", "minimum": 0}
_TEXT = {"type": "string"}
_HEADERS: dict[str, tuple[str, Schema]] = {
    "API-Version": ("The version of this API.", {**_TEXT, "example": "1.0.0"}),
    "ETag": ("Changes when the answer does (RFC 9110 §8.8.3).", _TEXT),
    "Content-Crs": ("The reference system of the coordinates.", _TEXT),
    "Link": ("The next and previous page (RFC 8288).", _TEXT),
    "X-Pagination-Page": ("The number of the page.", _NUMBER),
    "X-Pagination-Limit": ("The number of rows on a page.", _NUMBER),
    "X-Pagination-Count": ("The number of pages, with _count=true.", _NUMBER),
    "X-Total-Count": ("The number of rows, with _count=true.", _NUMBER),
    "X-Estimated-Count": (
        "The number of rows there may be, with _count=estimate.",
        _NUMBER,
    ),
    "Retry-After": ("The seconds to wait.", _NUMBER),
}
_ALWAYS = ("API-Version",)
OF_ROW = ("API-Version", "ETag", "Content-Crs")
OF_PAGE = (*OF_ROW, *(n for n in _HEADERS if n.startswith(("X-", "Link"))))

_FAILURES = {
    "400": ("BadRequest", "Parameters that are not accepted, all of them."),
    "404": ("NotFound", "There is nothing at this address."),
    "406": ("NotAcceptable", "No format, or no CRS, that the client accepts."),
    "410": ("Gone", "The page of a link, whose rows are gone: begin with the first."),
    "503": ("Unavailable", "Not now: the database is away, or too much is asked."),
}


def header_components() -> Schema:
    """Describe the headers."""
    return {
        name: {
            "description": description,
            "schema": schema,
            **({"required": True} if name in _ALWAYS else {}),
        }
        for name, (description, schema) in _HEADERS.items()
    }


def response_components() -> Schema:
    """Describe the answers that all operations have in common."""
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    failures = {
        name: {
            "description": description,
            "headers": headers(*_ALWAYS, *(["Retry-After"] if code == "503" else [])),
            "content": {"application/problem+json": problem},
        }
        for code, (name, description) in _FAILURES.items()
    }
    unchanged = {
        "description": "The client has the current answer (If-None-Match).",
        "headers": headers("API-Version", "ETag"),
    }
    # Refused by the HTTP server, before there is a problem to write.
    too_long = {"description": "The address is longer than some 8,000 bytes."}
    return failures | {"NotModified": unchanged, "TooLong": too_long}


def headers(*names: str) -> Schema:
    """Refer to headers."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def common_responses() -> Schema:
    """Refer to the answers that all operations have in common."""
    names = {code: name for code, (name, _) in _FAILURES.items()}
    names |= {"304": "NotModified", "414": "TooLong"}
    return {
        code: {"$ref": f"#/components/responses/{name}"}
        for code, name in sorted(names.items())
    }
