"""JSON as it was written: jsonb forgets the order of members, and so of fields."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.types.json import Json


class OrderedJSONField(models.JSONField):
    """A JSON field whose column is of type json, which keeps the text."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:  # noqa: ARG002
        """Give the type of the column."""
        return "json"

    def from_db_value(self, value: Any, *_args: Any) -> Any:
        """Give what the driver made of it: unlike jsonb, it parses json itself."""
        return value

    def get_db_prep_value(
        self,
        value: Any,
        connection: BaseDatabaseWrapper,  # noqa: ARG002
        prepared: bool = False,  # noqa: ARG002, FBT001, FBT002
    ) -> Any:
        """Give what the driver writes as json."""
        return None if value is None else Json(value)
