"""Live checks over HTTP: requested now, done by a worker soon after."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from catalog_service.live_checking.running import request_live_check
from catalog_service.models import Api, LiveCheck
from shared.links import public_url
from shared.parameters import PAGING, check_parameters
from shared.problems import NotFoundError
from shared.rest import HasScope

from .accounts import SCOPE
from .languages import ACCEPT_LANGUAGE, InLanguage, language_of, told_in
from .live_check_serializers import LiveCheckSerializer
from .lookup import find_api


class LiveCheckList(InLanguage, ListAPIView[LiveCheck]):
    """The live checks of an API."""

    serializer_class = LiveCheckSerializer
    permission_classes = [HasScope(SCOPE)]

    def get_queryset(self) -> QuerySet[LiveCheck]:
        """Return the checks of the API in the address, newest first."""
        api = find_api(Api.objects.all(), self.kwargs["pk"])
        return api.live_checks.order_by("-id")

    @extend_schema(
        operation_id="listLiveChecks",
        summary="List the live checks of an API",
        auth=[],
        parameters=[ACCEPT_LANGUAGE],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List the last looks at the running API, newest first."""
        check_parameters(request.query_params, PAGING)
        response = super().get(request, *args, **kwargs)
        return told_in(response, language_of(request))

    @extend_schema(
        operation_id="requestLiveCheck",
        summary="Have a running API looked at",
        parameters=[ACCEPT_LANGUAGE],
        request=None,
        responses={202: LiveCheckSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        """Ask for a check; its address tells when it was done, and what was seen."""
        check_parameters(request.query_params, ())
        api = find_api(Api.objects.all(), pk)
        check = request_live_check(api, by=str(request.user))
        response = _shown(check, request, status=202)
        response.headers["Location"] = public_url(
            f"/v1/apis/{pk}/live-checks/{check.pk}"
        )
        return response


class LiveCheckDetail(GenericAPIView[LiveCheck]):
    """One live check."""

    serializer_class = LiveCheckSerializer

    @extend_schema(
        operation_id="getLiveCheck",
        summary="Get a live check",
        auth=[],
        parameters=[ACCEPT_LANGUAGE],
    )
    def get(self, request: Request, pk: int, check_id: int) -> Response:
        """Return a look at the running API: what was asked, and what was seen."""
        check_parameters(request.query_params, ())
        api = find_api(Api.objects.all(), pk)
        check = api.live_checks.filter(pk=check_id).first()
        if check is None:
            raise NotFoundError(f"API {pk} has no live check {check_id}.")
        return _shown(check, request)


def _shown(check: LiveCheck, request: Request, *, status: int = 200) -> Response:
    language = language_of(request)
    shown = LiveCheckSerializer(check, context={"language": language})
    return told_in(Response(shown.data, status=status), language)
