"""Somebody who has APIs: a linkset and documents, as a test wants them."""

from __future__ import annotations

import hashlib
import json
from typing import Any

FINE = {"200": {"description": "Fine."}}
Answer = tuple[int, dict[str, str], bytes]


class Provider:
    """What a web server answers, by path; `requests` are the paths asked for."""

    def __init__(self) -> None:
        self.origin = ""
        self.requests: list[tuple[str, dict[str, str]]] = []
        self._answers: dict[str, Answer] = {}

    def serve(self, path: str, body: bytes | Any, **headers: str) -> str:
        """Serve bytes, or a value as JSON, with an ETag; return the URL."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        etag = f'"{hashlib.sha256(raw).hexdigest()[:12]}"'
        self._answers[path] = (200, {"ETag": etag, **headers}, raw)
        return self.origin + path

    def fail(self, path: str, status: int, **headers: str) -> None:
        """Answer with an error from now on."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._answers[path] = (status, named, b"")

    def list_documents(self, *paths: str, nested: tuple[str, ...] = ()) -> str:
        """Serve a linkset of documents; return its URL."""
        contexts: list[dict[str, Any]] = [
            {
                "anchor": f"{self.origin}{path}",
                "service-desc": [{"href": path, "type": "application/json"}],
                "service-doc": [{"href": f"{path}.html"}],
            }
            for path in paths
        ]
        if nested:
            contexts.append({"api-catalog": [{"href": path} for path in nested]})
        return self.serve("/.well-known/api-catalog", {"linkset": contexts})

    def answer(self, path: str, headers: dict[str, str]) -> Answer:
        """Answer a request, conditional ones too."""
        self.requests.append((path, headers))
        status, sent, body = self._answers.get(path, (404, {}, b""))
        if status == 200 and headers.get("If-None-Match") == sent["ETag"]:
            return 304, sent, b""
        return status, sent, body

    def paths_asked(self) -> list[str]:
        """Return the paths asked for since the last call."""
        paths = [path for path, _ in self.requests]
        self.requests.clear()
        return paths


def openapi(title: str = "Bridges", **members: Any) -> dict[str, Any]:
    """Return a small OpenAPI document."""
    return {
        "openapi": "3.0.3",
        "info": {"title": title, "version": "1.0.0", "description": f"All {title}."},
        "servers": [{"url": "https://api.example.org/v1"}],
        "paths": {"/things": {"get": {"summary": "List", "responses": FINE}}},
        **members,
    }
