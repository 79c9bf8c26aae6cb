"""The audit log of an API over HTTP: it can be read also when the API is gone."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from catalog_service.models import Api, Change
from shared.parameters import PAGING, check_parameters
from shared.problems import NotFoundError

from .serializers import ChangeSerializer


class ChangeList(ListAPIView[Change]):
    """The changes of an API."""

    serializer_class = ChangeSerializer

    def get_queryset(self) -> QuerySet[Change]:
        """Return the changes of the API in the address, newest first."""
        api_id = self.kwargs["pk"]
        if not Api.objects.filter(pk=api_id).exists():
            raise NotFoundError(f"There is no API {api_id}; /v1/apis lists them.")
        return Change.objects.filter(api_id=api_id).order_by("-id")

    @extend_schema(
        operation_id="listChanges", summary="List the changes of an API", auth=[]
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List who changed what and when, newest first; kept after a removal."""
        check_parameters(request.query_params, PAGING)
        return super().get(request, *args, **kwargs)
