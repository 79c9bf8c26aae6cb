"""A page of search results, with the facets by which to choose on."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response
from typing_extensions import override

from catalog_service.searching.facets import FACET_NAMES
from shared.rest import Pagination


class SearchPagination(Pagination):
    """A page like any other, and `facets` beside its items."""

    @override
    def paginate_queryset(
        self, queryset: QuerySet[Any] | Any, request: Request, view: Any = None
    ) -> list[Any]:
        """Return the items of the page."""
        self._facets = view.facets
        self._corrected = view.question.corrected
        return super().paginate_queryset(queryset, request, view)

    @override
    def get_paginated_response(self, data: Any) -> Response:
        """Return the page as a response."""
        response = super().get_paginated_response(data)
        response.data["facets"] = {
            name: [asdict(share) for share in shares]
            for name, shares in self._facets.items()
        }
        response.data["corrected"] = self._corrected
        return response

    @override
    def get_paginated_response_schema(self, schema: Any) -> dict[str, Any]:
        """Return the shape of a page for the OpenAPI document."""
        page = super().get_paginated_response_schema(schema)
        share = {
            "type": "object",
            "required": ["value", "count"],
            "properties": {
                "value": {"type": "string"},
                "count": {"type": "integer", "minimum": 1},
            },
        }
        page["properties"]["facets"] = {
            "type": "object",
            "description": "How many APIs choosing a value would give.",
            "required": list(FACET_NAMES),
            "properties": {
                name: {"type": "array", "items": share} for name in FACET_NAMES
            },
        }
        page["properties"]["corrected"] = {
            "type": "object",
            "description": "Words that nothing has, and what was looked for besides.",
            "additionalProperties": {"type": "string"},
        }
        page["required"] = [*page["required"], "facets", "corrected"]
        return page
