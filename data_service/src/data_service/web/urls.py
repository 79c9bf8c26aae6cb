"""The pages' addresses."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.front_page, name="front-page"),
    path("datasets/<slug:dataset_id>", views.dataset_page, name="dataset-page"),
]
