"""The kinds of change that are looked for, over HTTP."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog_service.diffing import KINDS, Kind, Level
from shared.parameters import PAGING, check_parameters
from shared.problems import NotFoundError

from .comparison_serializers import KindOfChangeDetailSerializer, KindOfChangeSerializer
from .languages import ACCEPT_LANGUAGE, InLanguage, language_of, told_in
from .parameters import check_choice

LEVELS = tuple(str(level) for level in Level)
LEVEL = OpenApiParameter("level", enum=LEVELS, description="Only those of this level.")
_BY_ID = {kind.id: kind for kind in KINDS}
_PLACE = "/v1/change-kinds"


class ChangeKindList(InLanguage, ListAPIView[Any]):
    """The kinds of change."""

    serializer_class = KindOfChangeSerializer

    # What is listed is a table of the code, not one of the database.
    def get_queryset(self) -> list[Kind]:  # type: ignore[override]
        """Return the kinds of the level that is asked for."""
        level = self._level()
        return [kind for kind in KINDS if level in ("", kind.level)]

    @extend_schema(
        operation_id="listChangeKinds",
        summary="List the kinds of change that are looked for",
        auth=[],
        parameters=[LEVEL, ACCEPT_LANGUAGE],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List what a comparison can find, with how much it matters."""
        check_parameters(request.query_params, {*PAGING, "level"}, self._level)
        response = super().get(request, *args, **kwargs)
        return told_in(response, language_of(request))

    def _level(self) -> str:
        return check_choice(self.request.query_params, "level", LEVELS)


class ChangeKindDetail(APIView):
    """One kind of change."""

    @extend_schema(
        operation_id="getChangeKind",
        summary="Get a kind of change, with its example",
        auth=[],
        parameters=[ACCEPT_LANGUAGE],
        responses=KindOfChangeDetailSerializer,
    )
    def get(self, request: Request, kind_id: str) -> Response:
        """Return a kind of change, with two documents that show it."""
        check_parameters(request.query_params, ())
        kind = _BY_ID.get(kind_id)
        if kind is None:
            raise NotFoundError(
                f"There is no kind of change '{kind_id[:100]}'; {_PLACE} lists them."
            )
        language = language_of(request)
        shown = KindOfChangeDetailSerializer(kind, context={"language": language})
        return told_in(Response(shown.data), language)
