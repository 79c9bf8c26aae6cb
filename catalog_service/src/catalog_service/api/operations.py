"""Operations over HTTP: results of their own."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from catalog_service.documents.operations import METHODS
from catalog_service.models import Operation
from catalog_service.searching.operations import find_operations
from catalog_service.searching.understanding import (
    MAX_QUERY,
    check_question,
    understand,
)
from shared.parameters import PAGING, check_parameters
from shared.problems import BadRequestError, Fault
from shared.rest import SearchThrottle, WriteThrottle

from .parameters import check_choice, check_text, is_id
from .serializers import OperationSerializer
from .values import MAX_ID, WITHOUT_NUL

_METHODS = tuple(name.upper() for name in METHODS)
_TEXT = {"type": "string", "maxLength": 200, "pattern": WITHOUT_NUL}
_PARAMETERS = [
    OpenApiParameter(
        "q",
        {"type": "string", "maxLength": MAX_QUERY, "pattern": WITHOUT_NUL},
        description="Words, or a method and a path: `GET /path`.",
    ),
    OpenApiParameter("method", enum=_METHODS, description="The method."),
    OpenApiParameter("owner", _TEXT, description="Who answers for the API."),
    OpenApiParameter("tag", _TEXT, description="A tag of the operation."),
    OpenApiParameter(
        "api",
        {"type": "integer", "minimum": 1, "maximum": MAX_ID},
        description="The id of the API.",
    ),
]


class OperationList(ListAPIView[Operation]):
    """The operations of all APIs."""

    serializer_class = OperationSerializer
    throttle_classes = [WriteThrottle, SearchThrottle]

    def get_queryset(self) -> QuerySet[Operation]:
        """Return the operations that the parameters ask for."""
        parameters = self.request.query_params
        self.question = understand(parameters.get("q", ""))
        found = find_operations(self.question)
        if method := check_choice(parameters, "method", _METHODS):
            found = found.filter(method=method)
        if owner := check_text(parameters, "owner"):
            found = found.filter(api__owner=owner)
        if tag := check_text(parameters, "tag"):
            found = found.filter(tags__contains=[tag])
        if api_id := _api_id(parameters):
            found = found.filter(api_id=api_id)
        return found.select_related("api").defer(
            "headline", "words", "api__description"
        )

    def get_serializer_context(self) -> dict[str, Any]:
        """Tell the serializer what was looked for, to be highlighted."""
        question = getattr(self, "question", None)
        return {**super().get_serializer_context(), "question": question}

    @extend_schema(
        operation_id="listOperations",
        summary="List and search operations",
        auth=[],
        parameters=_PARAMETERS,
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List operations, the best answer to `q` first, each with its API."""
        parameters = request.query_params
        check_parameters(
            parameters,
            {*PAGING, "q", "method", "owner", "tag", "api"},
            partial(check_question, parameters.get("q", "")),
            partial(check_choice, parameters, "method", _METHODS),
            partial(check_text, parameters, "owner"),
            partial(check_text, parameters, "tag"),
            partial(_api_id, parameters),
        )
        return super().get(request, *args, **kwargs)


def _api_id(parameters: QueryDict) -> int | None:
    text = parameters.get("api")
    if text is None:
        return None
    if is_id(text):
        return int(text)
    raise BadRequestError(faults=[Fault("api", "is no id", accepted="a whole number")])
