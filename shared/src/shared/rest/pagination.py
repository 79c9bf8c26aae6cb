"""Pages for DRF (adapter of `shared.paging`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from typing_extensions import override

from shared.paging import (
    DEFAULT_SIZE,
    MAX_PAGE,
    MAX_SIZE,
    Page,
    link_header,
    page_links,
    read_page,
)


class Pagination(BasePagination):
    """Answer `{"items": […], "total": n, "page": p, "pageSize": s}` with a Link."""

    @override
    def paginate_queryset(
        self,
        queryset: QuerySet[Any] | Sequence[Any],
        request: Request,
        view: Any = None,
    ) -> list[Any]:
        """Return the items of the page; raises BadRequestError and NotFoundError."""
        self._request = request._request
        self._page: Page = read_page(request.query_params)
        self._total = _count(queryset)
        self._page.check(self._total)
        return list(queryset[self._page.start : self._page.start + self._page.size])

    def get_paginated_response(self, data: Any) -> Response:
        """Return the page as a response."""
        links = page_links(self._request, self._page, self._total)
        body = {
            "items": data,
            "total": self._total,
            "page": self._page.number,
            "pageSize": self._page.size,
        }
        return Response(body, headers={"Link": link_header(links)})

    def get_paginated_response_schema(self, schema: Any) -> dict[str, Any]:
        """Return the shape of a page for the OpenAPI document."""
        whole = {"type": "integer", "minimum": 0}
        return {
            "type": "object",
            "required": ["items", "total", "page", "pageSize"],
            "properties": {
                "items": schema,
                "total": {**whole, "description": "Number of items on all pages."},
                "page": {**whole, "minimum": 1},
                "pageSize": {**whole, "minimum": 1},
            },
        }

    @override
    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Return the parameters for the OpenAPI document."""
        return [
            _parameter("page", "Number of the page.", 1, MAX_PAGE),
            _parameter(
                "pageSize", "Number of items on a page.", DEFAULT_SIZE, MAX_SIZE
            ),
        ]


def _count(collection: QuerySet[Any] | Sequence[Any]) -> int:
    if isinstance(collection, QuerySet):
        return collection.count()
    return len(collection)


def _parameter(name: str, text: str, default: int, highest: int) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": text,
        "schema": {
            "type": "integer",
            "minimum": 1,
            "maximum": highest,
            "default": default,
        },
    }
