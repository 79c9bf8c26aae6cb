"""The same things through both faces, and views that go wrong."""

from django.urls import include, path
from drf_spectacular.views import SpectacularJSONAPIView

from project import views
from shared.problems.handlers import (  # noqa: F401  (Django finds them here)
    handler400,
    handler403,
    handler404,
    handler500,
)

urlpatterns = [
    path("plain/things", views.plain_things),
    path("plain/things/<int:number>", views.plain_thing),
    path("rest/things", views.Things.as_view()),
    path("rest/things/<int:number>", views.Thing.as_view()),
    path("rest/raises/<slug:kind>", views.RestError.as_view()),
    path("rest/openapi.json", SpectacularJSONAPIView.as_view()),
    path("raises/<slug:kind>", views.raise_error),
    path("echo", views.echo),
    path("framed", views.framed),
    path(".well-known/api-catalog", views.api_catalog),
    path("", include("shared.urls")),
]
