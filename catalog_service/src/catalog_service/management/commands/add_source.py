"""Register a source and harvest it."""

from __future__ import annotations

import getpass
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from catalog_service.registering.errors import RegistrationError
from catalog_service.registering.sources import register_source
from shared.fetching import FetchError, check_place


class Command(BaseCommand):
    """`add_source URL`: the catalogue reads it now and from then on."""

    help = "Register a linkset (RFC 9727) or OpenAPI document as a source."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the URL, and whose APIs are listed there."""
        parser.add_argument("url", metavar="URL")
        parser.add_argument("--owner", default="", help="who answers for its APIs")

    def handle(self, *_: Any, **options: Any) -> None:
        """Register the source; the worker harvests it."""
        try:
            check_place(options["url"], trusted=settings.TRUSTED_ORIGINS)
            source = register_source(
                options["url"], owner=options["owner"], by=getpass.getuser()
            )
        except (FetchError, RegistrationError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"registered {source.url}; the worker harvests it")
