"""Every address of the data service."""

from django.contrib import admin
from django.urls import include, path

from data_service.api import index
from data_service.api import views as rows

urlpatterns = [
    path("v1", index.index, name="v1"),
    path("v1/<path:path>", rows.below_v1, name="below-v1"),  # ADR 0004
    path(".well-known/api-catalog", index.api_catalog, name="api-catalog"),
    path("control/v1", include("data_service.control.urls")),
    path("admin/", admin.site.urls),
    path("", include("data_service.web.urls")),
    path("", include("shared.status.urls")),
]

handler400 = "shared.problems.handlers.handler400"
handler403 = "shared.problems.handlers.handler403"
handler404 = "shared.problems.handlers.handler404"
handler500 = "shared.problems.handlers.handler500"
