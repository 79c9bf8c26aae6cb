"""The smallest valid objects; a test states every value that it asserts on."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import count
from typing import Any

from providers import openapi

from catalog_service.admitting.offers import Offer, Provenance, look_at
from catalog_service.admitting.versions import admit
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
    owner: str = "",
    registered_by: str = "",
) -> Api:
    """Make an API with a version of these bytes, or a further version of it."""
    raw = (
        content
        if isinstance(content, bytes)
        else json.dumps(content or openapi()).encode()
    )
    url = document_url or f"https://source.example/{next(_numbers)}/openapi.json"
    admission = admit(
        Offer(
            raw=raw,
            outcome=look_at(raw, base_url=url),
            key=url,
            source=source,
            owner=owner,
            registered_by=registered_by,
            provenance=Provenance(url, "", MOMENT, "test"),
        )
    )
    return Api.objects.select_related("current").get(pk=admission.version.api_id)
