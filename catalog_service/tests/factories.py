"""The smallest valid objects; a test states every value that it asserts on."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import count
from typing import Any

from providers import openapi

from catalog_service.documents import read_document
from catalog_service.harvesting.admitting import Offer, Provenance, admit
from catalog_service.models import Api, Source

MOMENT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
_numbers = count(1)


def make_source(**values: Any) -> Source:
    """Make a source."""
    url = f"https://source{next(_numbers)}.example/.well-known/api-catalog"
    return Source.objects.create(**{"url": url, **values})


def make_api(
    content: dict[str, Any] | bytes | None = None,
    *,
    document_url: str = "",
    source: Source | None = None,
) -> Api:
    """Make an API with a version of these bytes, or a further version of it."""
    raw = (
        content
        if isinstance(content, bytes)
        else json.dumps(content or openapi()).encode()
    )
    url = document_url or f"https://source.example/{next(_numbers)}/openapi.json"
    version, _ = admit(
        Offer(
            raw=raw,
            document=read_document(raw),
            document_url=url,
            documentation_url="",
            source=source,
            provenance=Provenance(url, "", MOMENT, "test"),
        )
    )
    return Api.objects.select_related("current").get(pk=version.api_id)
