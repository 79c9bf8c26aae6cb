"""What the API says of live checks."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog_service.live_checking.checks import Result
from catalog_service.models import LiveCheck
from shared.links import public_url

from .languages import MessageSerializer
from .values import LINKS_SCHEMA


class ObservationSerializer(MessageSerializer):
    """What one check saw, beside what is asked."""

    rule = serializers.CharField()
    result = serializers.ChoiceField(choices=[str(each) for each in Result])
    seen = serializers.CharField()
    link = serializers.URLField()

    def sentences(self, told: dict[str, str]) -> dict[str, str]:
        """Return what is asked, by language."""
        return {language: told[f"sentence_{language}"] for language in ("nl", "en")}


class LiveCheckSerializer(serializers.ModelSerializer[LiveCheck]):
    """A look at a running API."""

    apiId = serializers.IntegerField(source="api_id")  # noqa: N815
    requestedAt = serializers.DateTimeField(source="requested_at")  # noqa: N815
    requestedBy = serializers.CharField(source="requested_by")  # noqa: N815
    finishedAt = serializers.DateTimeField(  # noqa: N815
        source="finished_at", allow_null=True
    )
    observations = ObservationSerializer(many=True)
    links = serializers.SerializerMethodField()

    class Meta:
        model = LiveCheck
        fields = (
            "id", "apiId", "state", "message", "url", "requestedAt", "requestedBy",
            "finishedAt", "observations", "links",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(LINKS_SCHEMA)
    def get_links(self, check: LiveCheck) -> dict[str, str]:
        """Return where to look again."""
        return {"self": public_url(f"/v1/apis/{check.api_id}/live-checks/{check.pk}")}
