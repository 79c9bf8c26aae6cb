"""Datasets and their snapshots: anybody may see them, a token changes them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView, ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from data_service.importing.errors import (
    BusyError,
    UnknownDatasetError,
    UnknownSnapshotError,
)
from data_service.importing.snapshots import list_snapshots, roll_back
from data_service.models import Dataset, Snapshot
from shared.parameters import PAGING, check_parameters
from shared.problems import ConflictError, NotFoundError
from shared.rest import HasScope

from .parameters import ID_SCHEMA
from .serializers import DatasetSerializer, SnapshotSerializer

SCOPE = "data:write"
_ID = OpenApiParameter("id", ID_SCHEMA, OpenApiParameter.PATH)
_DATASETS = Dataset.objects.prefetch_related("versions__dataset")


class DatasetList(ListAPIView[Dataset]):
    """The datasets."""

    serializer_class = DatasetSerializer
    queryset = _DATASETS.order_by("pk")

    @extend_schema(operation_id="listDatasets", summary="List datasets", auth=[])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List the datasets and their versions, also those that serve nothing now."""
        check_parameters(request.query_params, PAGING)
        return super().get(request, *args, **kwargs)


class DatasetDetail(RetrieveAPIView[Dataset]):
    """One dataset."""

    serializer_class = DatasetSerializer
    queryset = _DATASETS.all()

    @extend_schema(
        operation_id="getDataset", summary="Get a dataset", auth=[], parameters=[_ID]
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return a dataset and its versions."""
        check_parameters(request.query_params, ())
        return super().get(request, *args, **kwargs)


class SnapshotList(ListAPIView[Snapshot]):
    """The snapshots of a dataset."""

    serializer_class = SnapshotSerializer

    def get_queryset(self) -> QuerySet[Snapshot]:
        """Return the snapshots that are kept, newest first."""
        return _snapshots(self.kwargs.get("pk", ""))

    @extend_schema(
        operation_id="listSnapshots",
        summary="List snapshots",
        auth=[],
        parameters=[_ID],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List the snapshots of a dataset that are kept, newest first."""
        check_parameters(request.query_params, PAGING)
        return super().get(request, *args, **kwargs)


class SnapshotActivation(GenericAPIView[Snapshot]):
    """The act of serving a snapshot."""

    serializer_class = SnapshotSerializer
    permission_classes = [HasScope(SCOPE)]

    @extend_schema(
        operation_id="activateSnapshot",
        summary="Activate a snapshot",
        parameters=[_ID],
        request=None,
        responses=SnapshotSerializer,
    )
    def post(self, request: Request, pk: str, number: int) -> Response:
        """Serve a snapshot instead of the present one: roll back, or forward again."""
        check_parameters(request.query_params, ())
        try:
            roll_back(pk, to=number)
        except (UnknownDatasetError, UnknownSnapshotError) as error:
            raise NotFoundError(str(error)) from error
        except BusyError as error:
            raise ConflictError(str(error)) from error
        snapshot = _snapshots(pk).get(pk=number)
        return Response(SnapshotSerializer(snapshot).data)


def _snapshots(dataset_id: str) -> QuerySet[Snapshot]:
    try:
        found = list_snapshots(dataset_id)
    except UnknownDatasetError as error:
        raise NotFoundError(str(error)) from error
    return found.prefetch_related("snapshottable_set__physical")
