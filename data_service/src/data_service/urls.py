"""Every address of the data service."""

from django.urls import include, path, re_path

from data_service.api import index
from data_service.api import views as rows
from shared.problems.handlers import (  # noqa: F401  (Django finds them here)
    handler400,
    handler403,
    handler404,
    handler500,
)

urlpatterns = [
    path("v1", index.index, name="v1"),
    path("v1/<path:path>", rows.below_v1, name="below-v1"),  # ADR 0004
    # The same: an identifier may hold line ends, which <path:…> does not take.
    re_path(r"^v1/(?P<path>(?s:.+))\Z", rows.below_v1),
    path(".well-known/api-catalog", index.api_catalog, name="api-catalog"),
    path("control/v1", include("data_service.control.urls")),
    path("", include("data_service.web.urls")),
    path("", include("shared.urls")),
]
