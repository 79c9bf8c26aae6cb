"""The addresses for those who watch a service; the same in each."""

from django.urls import path

from shared.status import views

urlpatterns = [
    path("status/live", views.live, name="status-live"),
    path("status/health", views.health, name="status-health"),
    path("status/data", views.has_data, name="status-data"),
    path("metrics", views.metrics, name="metrics"),
]
