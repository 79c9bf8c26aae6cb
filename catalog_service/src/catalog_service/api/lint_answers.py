"""A page of findings, with what is true of all of them."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response
from typing_extensions import override

from shared.links import public_url
from shared.rest import Pagination

from .lint_serializers import COUNTS_SCHEMA, RULE_SETS, SCORE_SCHEMA
from .values import LINKS_SCHEMA

_COUNT = {"type": "integer", "minimum": 0}
_TEXT = {"type": "string"}
_MEMBERS: dict[str, Any] = {
    "apiId": {"type": "integer"},
    "version": {"type": "integer", "description": "The number of the version."},
    "ruleSet": {"type": "string", "enum": list(RULE_SETS)},
    "edition": {**_TEXT, "description": "Of the rules that were looked at."},
    "score": {**SCORE_SCHEMA, "description": "Without what is explained."},
    "bareScore": {**SCORE_SCHEMA, "description": "With what is explained."},
    "counts": COUNTS_SCHEMA,
    "omitted": {**_COUNT, "description": "Findings that are not listed."},
    "refused": {**_TEXT, "description": "Why the document could not be linted."},
    "lintedAt": {"type": "string", "format": "date-time", "nullable": True},
    "links": LINKS_SCHEMA,
}


class LintPagination(Pagination):
    """A page like any other, and the judgement beside its items."""

    @override
    def paginate_queryset(
        self, queryset: Any, request: Request, view: Any = None
    ) -> list[Any]:
        """Return the items of the page."""
        self._version, self._judgement = view.judged_version, view.judgement
        return super().paginate_queryset(queryset, request, view)

    @override
    def get_paginated_response(self, data: Any) -> Response:
        """Return the page as a response."""
        response = super().get_paginated_response(data)
        judgement, version = self._judgement, self._version
        place = f"/v1/apis/{version.api_id}"
        response.data |= {
            "apiId": version.api_id,
            "version": version.number,
            "ruleSet": str(judgement.rule_set),
            "edition": judgement.edition,
            "score": judgement.score,
            "bareScore": judgement.bare_score,
            "counts": judgement.counts,
            "omitted": judgement.omitted,
            "refused": judgement.refused,
            "lintedAt": judgement.made_at,
            "links": {
                "document": public_url(
                    f"{place}/versions/{version.number}/openapi.json"
                ),
                "rules": public_url("/v1/rules"),
                "scores": public_url(f"{place}/scores"),
                "badge": public_url(f"{place}/versions/{version.number}/badge.svg"),
            },
        }
        return response

    @override
    def get_paginated_response_schema(self, schema: Any) -> dict[str, Any]:
        """Return the shape of a page for the OpenAPI document."""
        page = super().get_paginated_response_schema(schema)
        page["properties"] |= _MEMBERS
        page["required"] = [*page["required"], *_MEMBERS]
        return page
