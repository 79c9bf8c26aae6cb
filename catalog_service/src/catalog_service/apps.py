"""The Django app of the catalogue."""

from django.apps import AppConfig


class CatalogServiceConfig(AppConfig):
    """The one app of this service."""

    name = "catalog_service"
