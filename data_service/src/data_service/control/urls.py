"""The addresses under /control/v1."""

from django.urls import path, re_path

from shared.problems.handlers import nothing_here

from .datasets import DatasetDetail, DatasetList, SnapshotActivation, SnapshotList
from .documents import openapi_json, openapi_yaml, root
from .imports import ImportDetail, ImportList
from .tables import TableFile

urlpatterns = [
    path("", root),
    path("/openapi.json", openapi_json),
    path("/openapi.yaml", openapi_yaml),
    path("/datasets", DatasetList.as_view()),
    path("/datasets/<str:pk>", DatasetDetail.as_view()),
    path("/datasets/<str:pk>/snapshots", SnapshotList.as_view()),
    path(
        "/datasets/<str:pk>/snapshots/<int:number>/activate",
        SnapshotActivation.as_view(),
    ),
    path("/datasets/<str:pk>/tables/<str:table>", TableFile.as_view()),
    path("/imports", ImportList.as_view()),
    path("/imports/<int:pk>", ImportDetail.as_view()),
    re_path("^/", nothing_here),
]
