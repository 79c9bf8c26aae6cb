"""Values that bodies of requests hold: what they may be, said once."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

MAX_OWNER = 200
MAX_ID = 10**15
WITHOUT_NUL = r"^[^\x00]*$"
# A public host, the only kind that strangers may name; origins of one's own house
# (TRUSTED_ORIGINS) are taken besides.
_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
PUBLIC_URL = rf"^https?://({_LABEL}\.){{1,3}}[a-z]{{2,20}}(/[!-\[\]-~]{{0,1500}})?$"

LINKS_SCHEMA = {
    "type": "object",
    "additionalProperties": {"type": "string", "format": "uri"},
}


class TextField(serializers.CharField):
    """A string; a number is none, though DRF would take it for one."""

    def to_internal_value(self, data: Any) -> str:
        """Return the string; raises ValidationError."""
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


@extend_schema_field(
    {
        "type": "string",
        "pattern": WITHOUT_NUL,
        "maxLength": MAX_OWNER,
        "default": "",
        "description": "Who answers for the APIs that it lists.",
    }
)
class OwnerField(TextField):
    """The name of an owner."""
