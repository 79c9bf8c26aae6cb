"""Every address of the data service."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("shared.status.urls")),
]

handler400 = "shared.problems.handlers.handler400"
handler403 = "shared.problems.handlers.handler403"
handler404 = "shared.problems.handlers.handler404"
handler500 = "shared.problems.handlers.handler500"
