"""Every address of the catalogue."""

from django.urls import include, path

from catalog_service.api.root import root
from shared.problems.handlers import (  # noqa: F401  (Django finds them here)
    handler400,
    handler403,
    handler404,
    handler500,
)

urlpatterns = [
    path("", include("catalog_service.web.urls")),
    path("v1", root),
    path("v1/", include("catalog_service.api.urls")),  # openapi.json, apis, sources
    path(".well-known/", include("catalog_service.web.well_known")),  # api-catalog
    path("", include("shared.urls")),
]
