"""Explained deviations over HTTP: comply, or explain."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from catalog_service.linting import Explanation
from catalog_service.models import Api, Deviation
from catalog_service.registering.deviations import explain_deviation, remove_deviation
from shared.links import public_url
from shared.parameters import PAGING, check_parameters
from shared.problems import NotFoundError
from shared.rest import HasScope

from .accounts import SCOPE, account_of
from .changing import told
from .deviation_serializers import (
    NEW_DEVIATION,
    DeviationSerializer,
    NewDeviationSerializer,
)
from .lookup import find_api


class DeviationList(ListAPIView[Deviation]):
    """The explained deviations of an API."""

    serializer_class = DeviationSerializer
    permission_classes = [HasScope(SCOPE)]

    def get_queryset(self) -> QuerySet[Deviation]:
        """Return what is recorded of the API in the address, in order."""
        api = find_api(Api.objects.all(), self.kwargs["pk"])
        return api.deviations.order_by("id")

    @extend_schema(
        operation_id="listDeviations",
        summary="List the explained deviations of an API",
        auth=[],
    )
    def get(self, request: Request, *args: object, **kwargs: object) -> Response:
        """List what the catalogue records; a document may explain more itself."""
        check_parameters(request.query_params, PAGING)
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="explainDeviation",
        summary="Explain why an API does not keep a rule",
        request=NEW_DEVIATION,
        responses={
            201: DeviationSerializer,
            409: OpenApiResponse(description="It is explained already."),
        },
    )
    def post(self, request: Request, pk: int) -> Response:
        """Record a reason; the findings are shown with it and cost no points."""
        check_parameters(request.query_params, ())
        api, account = find_api(Api.objects.all(), pk), account_of(request.user)
        wanted = NewDeviationSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        explanation = Explanation(**wanted.validated_data)
        made = told(lambda: explain_deviation(api.pk, explanation, by=account))
        place = public_url(f"/v1/apis/{api.pk}/deviations/{made.pk}")
        shown = DeviationSerializer(made).data
        return Response(shown, status=201, headers={"Location": place})


class DeviationDetail(GenericAPIView[Deviation]):
    """One explained deviation."""

    serializer_class = DeviationSerializer
    permission_classes = [HasScope(SCOPE)]

    @extend_schema(
        operation_id="getDeviation", summary="Get an explained deviation", auth=[]
    )
    def get(self, request: Request, pk: int, deviation_id: int) -> Response:
        """Return a deviation with its reason."""
        check_parameters(request.query_params, ())
        return Response(DeviationSerializer(_find(pk, deviation_id)).data)

    @extend_schema(
        operation_id="removeDeviation",
        summary="Take an explanation back",
        responses={204: None},
    )
    def delete(self, request: Request, pk: int, deviation_id: int) -> Response:
        """Remove a reason; its findings cost points again."""
        check_parameters(request.query_params, ())
        deviation, account = _find(pk, deviation_id), account_of(request.user)
        told(lambda: remove_deviation(deviation, by=account))
        return Response(status=204)


def _find(api_id: int, deviation_id: int) -> Deviation:
    api = find_api(Api.objects.all(), api_id)
    deviation = api.deviations.filter(pk=deviation_id).first()
    if deviation is None:
        raise NotFoundError(f"API {api_id} has no deviation {deviation_id}.")
    return deviation
