"""The Django app of the data service."""

from django.apps import AppConfig


class DataServiceConfig(AppConfig):
    """The one app of this service."""

    name = "data_service"
