"""What the API says of explained deviations, and what it takes to explain one."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from catalog_service.linting import Kind, all_rules
from catalog_service.linting.explanations import MAX_POINTER, MAX_REASON
from catalog_service.models import Deviation

from .values import TextField

# What makes a document invalid is no deviation.
_RULES = tuple(sorted(r.newest_id for r in all_rules() if r.kind is not Kind.VALIDITY))

NEW_DEVIATION: dict[str, Any] = {
    "application/json": {
        "type": "object",
        "required": ["rule", "reason"],
        "additionalProperties": False,
        "properties": {
            "rule": {"type": "string", "enum": list(_RULES)},
            "reason": {
                "type": "string",
                "pattern": r"^[^\x00]*[^\s\x00][^\x00]*$",
                "maxLength": MAX_REASON,
                "description": "Why the rule is not kept.",
            },
            "pointer": {
                "type": "string",
                "pattern": r"^(/[^\x00]*)?$",
                "maxLength": MAX_POINTER,
                "default": "",
                "description": "Only at this JSON pointer and below; empty: anywhere.",
            },
        },
    }
}


class DeviationSerializer(serializers.ModelSerializer[Deviation]):
    """A rule that an API does not keep, and why."""

    explainedAt = serializers.DateTimeField(source="explained_at")  # noqa: N815
    explainedBy = serializers.CharField(source="explained_by")  # noqa: N815

    class Meta:
        model = Deviation
        fields = ("id", "rule", "pointer", "reason", "explainedAt", "explainedBy")
        read_only_fields = fields


class NewDeviationSerializer(serializers.Serializer[Any]):
    """A deviation to explain."""

    rule = serializers.ChoiceField(choices=_RULES)
    reason = TextField(max_length=MAX_REASON)
    pointer = TextField(
        max_length=MAX_POINTER,
        required=False,
        allow_blank=True,
        default="",
        trim_whitespace=False,
    )

    def validate_pointer(self, pointer: str) -> str:
        """Return the pointer; raises ValidationError when it is none."""
        if pointer[:1] not in ("", "/"):
            raise serializers.ValidationError("is no JSON pointer: it begins with /")
        return pointer

    def to_internal_value(self, data: Any) -> Any:
        """Return what is wanted; raises ValidationError for members not known here."""
        if isinstance(data, dict) and (unknown := set(data) - set(self.fields)):
            accepted = ", ".join(self.fields)
            told = f"is no member here; accepted: {accepted}"
            raise serializers.ValidationError(
                {str(name)[:100]: told for name in sorted(map(str, unknown))[:100]}
            )
        return super().to_internal_value(data)
