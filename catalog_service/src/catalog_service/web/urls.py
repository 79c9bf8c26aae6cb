"""The addresses of the pages."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.front),
    path("apis/<slug:slug>", views.api_page),
    path("apis/<slug:slug>/diff", views.api_comparison),
    path("apis/<slug:slug>/lint", views.api_lint),
    path("apis/<slug:slug>/swagger", views.api_swagger),
    path("apis/<slug:slug>/openapi.json", views.api_document),
    path("operations", views.operation_page),
    path("rules", views.rules_page),
    path("sources", views.source_page),
]
