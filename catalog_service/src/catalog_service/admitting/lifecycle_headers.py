"""Deprecation (RFC 9745) and Sunset (RFC 8594) of an API, on its own resources."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from django.utils.http import http_date

from catalog_service.models import Api
from shared.links import public_url


def lifecycle_headers(api: Api) -> dict[str, str]:
    """Return the headers of an API that is, or will be, deprecated or retired."""
    headers: dict[str, str] = {}
    page = public_url(f"/apis/{api.slug}")
    links = []
    if api.deprecated_date:
        headers["Deprecation"] = f"@{_seconds(api.deprecated_date)}"
        links.append(f'<{page}>; rel="deprecation"; type="text/html"')
    if api.sunset_date:
        headers["Sunset"] = http_date(_seconds(api.sunset_date))
        links.append(f'<{page}>; rel="sunset"; type="text/html"')
    if links:
        headers["Link"] = ", ".join(links)
    return headers


def _seconds(day: date) -> int:
    return int(datetime.combine(day, time(), tzinfo=UTC).timestamp())
