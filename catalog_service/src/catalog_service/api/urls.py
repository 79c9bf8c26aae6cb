"""The addresses under /v1."""

from django.urls import path, re_path

from .absence import nothing_here
from .apis import ApiDetail, ApiList, VersionList
from .documents import JsonDocument, YamlDocument
from .openapi import openapi_json, openapi_yaml
from .sources import SourceDetail, SourceList

urlpatterns = [
    path("openapi.json", openapi_json),
    path("openapi.yaml", openapi_yaml),
    path("apis", ApiList.as_view()),
    path("apis/<int:pk>", ApiDetail.as_view()),
    path("apis/<int:pk>/versions", VersionList.as_view()),
    path("apis/<int:pk>/versions/<int:number>/openapi.json", JsonDocument.as_view()),
    path("apis/<int:pk>/versions/<int:number>/openapi.yaml", YamlDocument.as_view()),
    path("sources", SourceList.as_view()),
    path("sources/<int:pk>", SourceDetail.as_view()),
    re_path("", nothing_here),
]
