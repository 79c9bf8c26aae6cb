"""Imports: how loading a file went.

Their faults show values of files that were refused, so reading them needs a token.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from data_service.models import Import
from shared.parameters import PAGING, check_parameters
from shared.tokens.access import require

from .datasets import SCOPE
from .parameters import ID_SCHEMA, check_choice, check_id
from .serializers import ImportSerializer

_STATES = tuple(state.value for state in Import.State)


class ReadsWithToken(BasePermission):
    """Let only callers with the scope for writing read."""

    def has_permission(self, request: Request, _view: Any) -> bool:
        """Raise UnauthorizedError or ForbiddenError for any other."""
        if request.method in {"GET", "HEAD"}:
            require(request._request, SCOPE)
        return True


class ImportList(ListAPIView[Import]):
    """The imports."""

    serializer_class = ImportSerializer
    permission_classes = [ReadsWithToken]

    def get_queryset(self) -> QuerySet[Import]:
        """Return the imports that fit the parameters, newest first."""
        found = Import.objects.order_by("-pk")
        wanted = {
            name: self.request.query_params[name]
            for name in ("dataset", "state")
            if name in self.request.query_params
        }
        return found.filter(**wanted)

    @extend_schema(
        operation_id="listImports",
        summary="List imports",
        parameters=[
            OpenApiParameter("dataset", ID_SCHEMA, description="The id of a dataset."),
            OpenApiParameter("state", str, enum=_STATES, description="How it went."),
        ],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List imports, newest first, also those that failed."""
        check_parameters(
            request.query_params,
            (*PAGING, "dataset", "state"),
            partial(check_choice, request, "state", _STATES),
            partial(check_id, request, "dataset"),
        )
        return super().get(request, *args, **kwargs)


class ImportDetail(RetrieveAPIView[Import]):
    """One import."""

    serializer_class = ImportSerializer
    permission_classes = [ReadsWithToken]
    queryset = Import.objects.all()

    @extend_schema(operation_id="getImport", summary="Get an import")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return an import, with the first faults of its file."""
        check_parameters(request.query_params, ())
        return super().get(request, *args, **kwargs)
