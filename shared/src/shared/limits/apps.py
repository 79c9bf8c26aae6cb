"""The Django app of the limits: one unlogged table."""

from django.apps import AppConfig


class LimitsConfig(AppConfig):
    """Request limits that hold over all processes."""

    name = "shared.limits"
    label = "limits"
