"""Every address of the catalogue."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("catalog_service.web.urls")),
    path("v1/", include("catalog_service.api.urls")),  # openapi.json, apis, sources
    path(".well-known/", include("catalog_service.web.well_known")),  # api-catalog
    path("admin/", admin.site.urls),
    path("", include("shared.status.urls")),
]

handler400 = "shared.problems.handlers.handler400"
handler403 = "shared.problems.handlers.handler403"
handler404 = "shared.problems.handlers.handler404"
handler500 = "shared.problems.handlers.handler500"
