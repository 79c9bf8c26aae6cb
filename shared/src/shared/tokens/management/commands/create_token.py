"""Make a token for a service account."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from shared.tokens.errors import TokenError
from shared.tokens.issuing import create_token

_MOST_DAYS = 36_500  # a hundred years


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
        expires_at = _expires_at(options["days"])
        try:
            token, text = create_token(
                name, scopes=scopes, by=getpass.getuser(), expires_at=expires_at
            )
        except TokenError as error:
            raise CommandError(str(error)) from error
        self.stderr.write(f"Token {token.id} of {name}; keep it, it is shown once:")
        self.stdout.write(text)


def _expires_at(days: int | None) -> datetime | None:
    if days is None:
        return None
    if not 1 <= days <= _MOST_DAYS:
        raise CommandError(
            f"--days {days} is not accepted; give a whole number from 1 to "
            f"{_MOST_DAYS}, or leave it out for a token that does not expire"
        )
    return timezone.now() + timedelta(days=days)
