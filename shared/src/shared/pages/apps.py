"""The Django app that carries the templates and static files."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Make the skeleton and the style sheet known to Django."""

    name = "shared.pages"
    label = "shared_pages"
    verbose_name = "Pages"
