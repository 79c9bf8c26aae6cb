"""APIs over HTTP: the list, one API, its versions."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from catalog_service.models import Api, Version
from catalog_service.searching.apis import MAX_QUERY, search_apis
from shared.problems import NotFoundError
from shared.rest import SearchThrottle, WriteThrottle

from .parameters import PAGING, check_choice, check_names, check_text
from .serializers import (
    WITHOUT_NUL,
    ApiDetailSerializer,
    ApiSerializer,
    VersionSerializer,
)

# What a list does not show, and what may be megabytes.
_LEFT_OUT = ("current__raw", "current__operations", "current__findings")

_Q = OpenApiParameter(
    "q",
    {"type": "string", "maxLength": MAX_QUERY, "pattern": WITHOUT_NUL},
    description="Words that all occur in the title or the description.",
)
_OWNER = OpenApiParameter(
    "owner",
    {"type": "string", "maxLength": 200, "pattern": WITHOUT_NUL},
    description="Who answers for it.",
)
_STATE = OpenApiParameter(
    "state", enum=Api.State.values, description="What became of it at its source."
)


class ApiList(ListAPIView[Api]):
    """List and search the APIs, by title."""

    serializer_class = ApiSerializer
    throttle_classes = [WriteThrottle, SearchThrottle]

    def get_queryset(self) -> QuerySet[Api]:
        """Return the APIs that the parameters ask for."""
        parameters = self.request.query_params
        found = search_apis(parameters.get("q", ""))
        if owner := check_text(parameters, "owner"):
            found = found.filter(owner=owner)
        if state := check_choice(parameters, "state", Api.State.values):
            found = found.filter(state=state)
        return found.select_related("current").defer(*_LEFT_OUT)

    @extend_schema(
        operation_id="listApis",
        summary="List APIs",
        auth=[],
        parameters=[_Q, _OWNER, _STATE],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List the APIs of the catalogue, by title."""
        check_names(request.query_params, {*PAGING, "q", "owner", "state"})
        return super().get(request, *args, **kwargs)


class ApiDetail(RetrieveAPIView[Api]):
    """One API."""

    queryset = Api.objects.select_related("current").defer(
        "current__raw", "current__operations"
    )
    serializer_class = ApiDetailSerializer

    @extend_schema(operation_id="getApi", summary="Get an API", auth=[])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return an API with the facts of its current version."""
        check_names(request.query_params, ())
        return super().get(request, *args, **kwargs)


class VersionList(ListAPIView[Version]):
    """The versions of an API."""

    serializer_class = VersionSerializer

    def get_queryset(self) -> QuerySet[Version]:
        """Return the versions of the API in the address, newest first."""
        api_id = self.kwargs["pk"]
        if not Api.objects.filter(pk=api_id).exists():
            raise NotFoundError(f"There is no API {api_id}.")
        found = Version.objects.filter(api_id=api_id).select_related("api")
        return found.defer("raw", "operations", "findings", "facts").order_by("-number")

    @extend_schema(
        operation_id="listVersions", summary="List the versions of an API", auth=[]
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List the versions of an API's document, newest first."""
        check_names(request.query_params, PAGING)
        return super().get(request, *args, **kwargs)
