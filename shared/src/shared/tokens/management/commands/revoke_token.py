"""End a token."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shared.tokens.errors import TokenError
from shared.tokens.issuing import revoke_token


class Command(BaseCommand):
    """End a token by its id, the part between the first two underscores."""

    help = "End a token by its id."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the id."""
        parser.add_argument("token_id")

    def handle(self, *, token_id: str, **_options: Any) -> None:
        """End the token."""
        try:
            revoke_token(token_id)
        except TokenError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Token {token_id} is revoked.")
