"""The addresses of the pages."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.front),
    path("v1", views.swagger),
    path(".well-known/api-catalog", views.api_catalog),
]
