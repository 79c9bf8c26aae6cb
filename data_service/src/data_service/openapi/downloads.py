"""The operations on the files of a dataset."""

from __future__ import annotations

from data_service.downloading.kinds import KINDS

from .responses import Schema, common_responses, headers

_NAMES = [kind.name for kind in KINDS]
_TEXT = {"type": "string"}
_LINES: Schema = {
    "table": _TEXT,
    "format": {"type": "string", "enum": _NAMES},
    "title": _TEXT,
    "note": {**_TEXT, "description": "What is not as in the API."},
    "mediaType": _TEXT,
    "href": {"type": "string", "format": "uri"},
    "state": {
        "type": "string",
        "enum": ["waiting", "ready", "impossible"],
        "description": "Still to be made; to be had; or why the rows do not fit.",
    },
    "reason": {**_TEXT, "description": "Why it is impossible."},
    "size": {"type": "integer", "format": "int64", "description": "In bytes."},
    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "madeAt": {"type": "string", "format": "date-time"},
}
_REQUIRED = ["table", "format", "title", "mediaType", "href", "state"]
DOWNLOADS: Schema = {
    "type": "object",
    "required": ["downloads"],
    "properties": {
        "downloads": {
            "type": "array",
            "items": {"type": "object", "required": _REQUIRED, "properties": _LINES},
        }
    },
}
_RANGE: Schema = {
    "name": "Range",
    "in": "header",
    "description": "One range of bytes (RFC 9110 §14.2), such as `bytes=0-1023`; what "
    "is none is ignored.",
    "schema": {"type": "string"},
}
_FILE: Schema = {
    "name": "file",
    "in": "path",
    "required": True,
    "description": "The table and the format, as in the list.",
    "schema": {"type": "string", "example": "table.parquet"},
}


def download_paths() -> Schema:
    """Describe the list of files, and a file."""
    return {
        "/_downloads": {"get": _list_operation()},
        "/_downloads/{file}": {"get": _file_operation()},
    }


def _list_operation() -> Schema:
    schema = {"$ref": "#/components/schemas/Downloads"}
    return {
        "operationId": "showDownloads",
        "summary": "Whole tables as files",
        "description": "Files of the tables, made after each publication.",
        "responses": {
            "200": {
                "description": "The files, with size and checksum.",
                "headers": headers("API-Version", "ETag"),
                "content": {"application/json": {"schema": schema}},
            },
            **common_responses(),
        },
    }


def _file_operation() -> Schema:
    binary = {"schema": {"type": "string", "format": "binary"}}
    content = {kind.media_type: binary for kind in KINDS}
    told = headers("API-Version", "ETag")
    return {
        "operationId": "showDownload",
        "summary": "A whole table as a file",
        "description": "A file, whole or a range of it. 404 with Retry-After while it "
        "is still to be made.",
        "parameters": [_FILE, _RANGE],
        "responses": {
            "200": {"description": "The file.", "headers": told, "content": content},
            "206": {
                "description": "The range of the file.",
                "headers": told,
                "content": content,
            },
            "416": {
                "description": "The file ends before the range begins.",
                "headers": headers("API-Version"),
                "content": {
                    "application/problem+json": {
                        "schema": {"$ref": "#/components/schemas/Problem"}
                    }
                },
            },
            **common_responses(),
        },
    }
