"""The Django app of service accounts; each service has its own tables."""

from django.apps import AppConfig


class TokensConfig(AppConfig):
    """Service accounts and their tokens."""

    name = "shared.tokens"
    label = "tokens"
    verbose_name = "Service accounts"
    default_auto_field = "django.db.models.BigAutoField"
