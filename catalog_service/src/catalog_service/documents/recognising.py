"""Tell which specification a document follows, if any that is read here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .errors import NotOpenApiError
from .findings import Finding

FAMILIES = ("2.0", "3.0", "3.1", "3.2")
_VERSION = re.compile(r"(3\.[012])(?:\.[0-9]+)?(?:-.*)?", re.ASCII | re.DOTALL)
_PROPER_VERSION = re.compile(r"3\.[0-9]+\.[0-9]+(?:-.+)?", re.ASCII)
# What people offer by mistake, by a key that only such a document has.
_OTHERS = {
    "asyncapi": "an AsyncAPI document",
    "arazzo": "an Arazzo document",
    "overlay": "an OpenAPI overlay",
    "swaggerVersion": "a Swagger 1 document",
    "linkset": "a linkset",
    "raml": "a RAML document",
    "$schema": "a JSON Schema",
    "openrpc": "an OpenRPC document",
}


@dataclass(frozen=True)
class Specification:
    """The specification of a document: its family (2.0, 3.0, …) and exact version."""

    family: str
    version: str

    @property
    def name(self) -> str:
        """Name it as people do."""
        return f"{'Swagger' if self.family == '2.0' else 'OpenAPI'} {self.version}"

    @property
    def is_swagger(self) -> bool:
        """Tell whether it is Swagger 2.0, which says many things in other places."""
        return self.family == "2.0"


def recognise(content: Any) -> Specification:
    """Return the specification that a document follows; raise NotOpenApiError."""
    if not isinstance(content, dict):
        raise NotOpenApiError("not an OpenAPI document (not an object)")
    if "openapi" in content:
        return _openapi(content["openapi"])
    if "swagger" in content:
        return _swagger(content["swagger"])
    for key, what in _OTHERS.items():
        if key in content:
            raise NotOpenApiError(f"not an OpenAPI document (looks like {what})")
    raise NotOpenApiError("not an OpenAPI document (no key 'openapi' or 'swagger')")


def version_findings(content: dict[str, Any]) -> Iterator[Finding]:
    """Yield what is odd about how a document names its specification."""
    for key in ("openapi", "swagger"):
        if key in content and not isinstance(content[key], str):
            yield Finding(
                f"/{key}", "the version of the specification must be a string"
            )
    stated = content.get("openapi")
    if isinstance(stated, str) and not _PROPER_VERSION.fullmatch(stated):
        yield Finding("/openapi", "the version must have three numbers, as in 3.1.0")


def _openapi(stated: object) -> Specification:
    version = _text(stated)
    match = _VERSION.fullmatch(version)
    if match is None:
        raise NotOpenApiError(
            f"OpenAPI {version[:40]!r} is not read; 2.0, 3.0, 3.1 and 3.2 are"
        )
    return Specification(match.group(1), version[:40])


def _swagger(stated: object) -> Specification:
    version = _text(stated)
    if version not in ("2.0", "2"):
        raise NotOpenApiError(f"Swagger {version[:40]!r} is not read; 2.0 is")
    return Specification("2.0", "2.0")


def _text(stated: object) -> str:
    """Read a version that may have been written as a number."""
    return "" if isinstance(stated, (dict, list, bool)) else str(stated).strip()
