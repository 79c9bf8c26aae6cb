"""Sources over HTTP: anybody may see them, a token with catalog:write changes them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog_service.models import Source
from catalog_service.registering.errors import SourceKnownError
from catalog_service.registering.sources import register_source, remove_source
from shared.fetching import FetchError
from shared.links import public_url
from shared.parameters import PAGING, check_parameters
from shared.problems import NotFoundError
from shared.rest import HasScope

from .accounts import SCOPE
from .faults import problem_of
from .source_serializers import NewSourceSerializer, SourceSerializer


class SourceList(ListAPIView[Source]):
    """The sources."""

    serializer_class = SourceSerializer
    permission_classes = [HasScope(SCOPE)]

    def get_queryset(self) -> QuerySet[Source]:
        """Return all sources, in the order in which they came."""
        return Source.objects.order_by("id")

    @extend_schema(operation_id="listSources", summary="List sources", auth=[])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List the sources that are harvested."""
        check_parameters(request.query_params, PAGING)
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="registerSource",
        summary="Register a source",
        request=NewSourceSerializer,
        responses={
            201: SourceSerializer,
            409: OpenApiResponse(description="The source is registered already."),
            422: OpenApiResponse(description="Its address is not allowed."),
        },
    )
    def post(self, request: Request) -> Response:
        """Register a source; it is harvested soon after."""
        check_parameters(request.query_params, ())
        wanted = NewSourceSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        source = _register(wanted.validated_data, by=str(request.user))
        headers = {"Location": public_url(f"/v1/sources/{source.pk}")}
        return Response(SourceSerializer(source).data, status=201, headers=headers)


class SourceDetail(APIView):
    """One source."""

    permission_classes = [HasScope(SCOPE)]

    @extend_schema(
        operation_id="getSource",
        summary="Get a source",
        auth=[],
        responses=SourceSerializer,
    )
    def get(self, request: Request, pk: int) -> Response:
        """Return a source, with how its last harvest went."""
        check_parameters(request.query_params, ())
        return Response(SourceSerializer(_find(pk)).data)

    @extend_schema(
        operation_id="removeSource", summary="Remove a source", responses={204: None}
    )
    def delete(self, request: Request, pk: int) -> Response:
        """Remove a source; the APIs that it listed stay, marked."""
        check_parameters(request.query_params, ())
        remove_source(_find(pk), by=str(request.user))
        return Response(status=204)


def _find(source_id: int) -> Source:
    source = Source.objects.filter(pk=source_id).first()
    if source is None:
        raise NotFoundError(f"There is no source {source_id}; /v1/sources lists them.")
    return source


def _register(wanted: dict[str, str], *, by: str) -> Source:
    try:
        return register_source(wanted["url"], owner=wanted["owner"], by=by)
    except (FetchError, SourceKnownError) as error:
        raise problem_of(error) from error
