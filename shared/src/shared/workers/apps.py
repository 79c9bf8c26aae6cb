"""The Django app of the worker: its commands and its jobs."""

from django.apps import AppConfig


class WorkersConfig(AppConfig):
    """The worker's commands and jobs."""

    name = "shared.workers"
    label = "workers"
