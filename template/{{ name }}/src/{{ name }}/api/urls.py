"""The addresses under /v1."""

from django.urls import path, re_path

from shared.problems.handlers import nothing_here
from shared.rest.openapi import openapi_json, openapi_yaml

from .items import ItemDetail, ItemList

urlpatterns = [
    path("openapi.json", openapi_json),
    path("openapi.yaml", openapi_yaml),
    path("items", ItemList.as_view()),
    path("items/<int:pk>", ItemDetail.as_view()),
    re_path("", nothing_here),
]
