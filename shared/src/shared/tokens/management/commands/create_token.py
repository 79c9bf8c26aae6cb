"""Make a token for a service account."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from shared.tokens.errors import TokenError
from shared.tokens.issuing import create_token


class Command(BaseCommand):
    """Print a new token alone on stdout, so that a script can catch it."""

    help = "Make a token for a service account; it is shown once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the name, the scopes and the end."""
        parser.add_argument("name", help="of the service account; made when new")
        parser.add_argument("--scope", action="append", default=[], dest="scopes")
        parser.add_argument("--days", type=int, help="until it expires; else never")

    def handle(self, *, name: str, scopes: list[str], **options: Any) -> None:
        """Make the token and print it."""
        days: int | None = options["days"]
        expires_at = timezone.now() + timedelta(days=days) if days else None
        try:
            token, text = create_token(
                name, scopes=scopes, by=getpass.getuser(), expires_at=expires_at
            )
        except TokenError as error:
            raise CommandError(str(error)) from error
        self.stderr.write(f"Token {token.id} of {name}; keep it, it is shown once:")
        self.stdout.write(text)
