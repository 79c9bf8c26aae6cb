"""What the API says of sources, and what it takes to register one."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog_service.models import Source

from .values import MAX_OWNER, PUBLIC_URL, OwnerField, TextField


class SourceSerializer(serializers.ModelSerializer[Source]):
    """A source, as it is."""

    harvestedAt = serializers.DateTimeField(  # noqa: N815
        source="harvested_at", allow_null=True
    )
    registeredAt = serializers.DateTimeField(source="registered_at")  # noqa: N815

    class Meta:
        model = Source
        fields = (
            "id", "url", "kind", "owner", "state", "message",
            "harvestedAt", "registeredAt",
        )  # fmt: skip
        read_only_fields = fields


@extend_schema_field(
    {
        "type": "string",
        "pattern": PUBLIC_URL,
        "maxLength": 2000,
        "description": "http or https; without a path, its /.well-known/api-catalog.",
    }
)
class SourceUrlField(TextField):
    """A URL to register; what is wrong with it is told by whoever registers it."""


class NewSourceSerializer(serializers.Serializer[Any]):
    """A source to register: a linkset (RFC 9727) or an OpenAPI document."""

    url = SourceUrlField(max_length=2000, trim_whitespace=False)
    owner = OwnerField(
        max_length=MAX_OWNER, required=False, allow_blank=True, default=""
    )
