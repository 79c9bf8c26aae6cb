"""What the API says of sources, APIs and versions: the members of each answer."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog_service.models import Api, Source, Version
from shared.links import public_url

MAX_OWNER = 200
WITHOUT_NUL = r"^[^\x00]*$"
# A public host, the only kind that strangers may name; origins of one's own house
# (TRUSTED_ORIGINS) are taken besides.
_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
PUBLIC_URL = rf"^https?://({_LABEL}\.){{1,3}}[a-z]{{2,20}}(/[!-\[\]-~]{{0,1500}})?$"


class LinksSerializer(serializers.Serializer[dict[str, str]]):
    """Where to go on."""

    self = serializers.URLField()
    page = serializers.URLField()
    versions = serializers.URLField()
    openapi = serializers.URLField(allow_null=True)


class ApiSerializer(serializers.ModelSerializer[Api]):
    """An API in a list."""

    documentUrl = serializers.CharField(source="document_url")  # noqa: N815
    documentationUrl = serializers.CharField(source="documentation_url")  # noqa: N815
    sourceId = serializers.IntegerField(source="source_id", allow_null=True)  # noqa: N815
    version = serializers.SerializerMethodField()
    specification = serializers.SerializerMethodField()
    operationCount = serializers.SerializerMethodField()  # noqa: N815
    currentVersion = serializers.SerializerMethodField()  # noqa: N815
    createdAt = serializers.DateTimeField(source="created_at")  # noqa: N815
    changedAt = serializers.DateTimeField(source="changed_at")  # noqa: N815
    seenAt = serializers.DateTimeField(source="seen_at")  # noqa: N815
    links = serializers.SerializerMethodField()

    class Meta:
        model = Api
        fields: tuple[str, ...] = (
            "id", "slug", "title", "description", "owner", "state", "message",
            "documentUrl", "documentationUrl", "sourceId", "version",
            "specification", "operationCount", "currentVersion",
            "createdAt", "changedAt", "seenAt", "links",
        )  # fmt: skip
        read_only_fields: tuple[str, ...] = fields

    def get_version(self, api: Api) -> str:
        """Return the version that the document claims."""
        return api.current.label if api.current else ""

    def get_specification(self, api: Api) -> str:
        """Return the specification of the document, such as OpenAPI 3.0.3."""
        return api.current.specification if api.current else ""

    def get_operationCount(self, api: Api) -> int:  # noqa: N802
        """Return the number of operations."""
        return api.current.facts["operation_count"] if api.current else 0

    def get_currentVersion(self, api: Api) -> int | None:  # noqa: N802
        """Return the number of the version that is shown."""
        return api.current.number if api.current else None

    @extend_schema_field(LinksSerializer)
    def get_links(self, api: Api) -> dict[str, str | None]:
        """Return where to go on."""
        place = f"/v1/apis/{api.pk}"
        document = (
            f"{place}/versions/{api.current.number}/openapi.json"
            if (api.current)
            else None
        )
        return {
            "self": public_url(place),
            "page": public_url(f"/apis/{api.slug}"),
            "versions": public_url(f"{place}/versions"),
            "openapi": public_url(document) if document else None,
        }


class ContactSerializer(serializers.Serializer[Any]):
    """Who answers for an API."""

    name = serializers.CharField()
    email = serializers.CharField()
    url = serializers.CharField()


class LicenceSerializer(serializers.Serializer[Any]):
    """Under what terms an API may be used."""

    name = serializers.CharField()
    url = serializers.CharField()
    identifier = serializers.CharField()


class ServerSerializer(serializers.Serializer[Any]):
    """Where an API answers, relative addresses and variables resolved."""

    url = serializers.CharField()
    description = serializers.CharField()


class TagSerializer(serializers.Serializer[Any]):
    """A group of operations."""

    name = serializers.CharField()
    description = serializers.CharField()


class FactsSerializer(serializers.Serializer[Any]):
    """What a document says of its API."""

    title = serializers.CharField()
    version = serializers.CharField()
    specification = serializers.CharField()
    termsOfService = serializers.CharField(source="terms_of_service")  # noqa: N815
    contact = ContactSerializer()
    licence = LicenceSerializer()
    servers = ServerSerializer(many=True)
    tags = TagSerializer(many=True)
    pathCount = serializers.IntegerField(source="path_count")  # noqa: N815
    operationCount = serializers.IntegerField(source="operation_count")  # noqa: N815
    webhookCount = serializers.IntegerField(source="webhook_count")  # noqa: N815
    schemaCount = serializers.IntegerField(source="schema_count")  # noqa: N815


class FindingSerializer(serializers.Serializer[Any]):
    """What is odd about a document, and where (a JSON pointer)."""

    pointer = serializers.CharField()
    message = serializers.CharField()


class ApiDetailSerializer(ApiSerializer):
    """An API with the facts of its current version."""

    facts = serializers.SerializerMethodField()
    findings = serializers.SerializerMethodField()

    class Meta(ApiSerializer.Meta):
        fields = (*ApiSerializer.Meta.fields, "facts", "findings")
        read_only_fields = fields

    @extend_schema_field(FactsSerializer(allow_null=True))
    def get_facts(self, api: Api) -> Any:
        """Return the facts of the current version."""
        return FactsSerializer(api.current.facts).data if api.current else None

    @extend_schema_field(FindingSerializer(many=True))
    def get_findings(self, api: Api) -> Any:
        """Return what is odd about the current version."""
        return api.current.findings if api.current else []


class VersionSerializer(serializers.ModelSerializer[Version]):
    """A version of an API's document."""

    mediaType = serializers.CharField(source="media_type")  # noqa: N815
    contentHash = serializers.CharField(source="content_hash")  # noqa: N815
    fetchedAt = serializers.DateTimeField(source="fetched_at")  # noqa: N815
    fetchedFrom = serializers.CharField(source="url")  # noqa: N815
    isCurrent = serializers.SerializerMethodField()  # noqa: N815
    openapi = serializers.SerializerMethodField()

    class Meta:
        model = Version
        fields = (
            "number", "label", "specification", "mediaType", "contentHash",
            "fetchedAt", "fetchedFrom", "isCurrent", "openapi",
        )  # fmt: skip
        read_only_fields = fields

    def get_isCurrent(self, version: Version) -> bool:  # noqa: N802
        """Tell whether this is the version that is shown."""
        return version.api.current_id == version.pk

    @extend_schema_field(serializers.URLField())
    def get_openapi(self, version: Version) -> str:
        """Return where the document is."""
        place = f"/v1/apis/{version.api_id}/versions/{version.number}"
        return public_url(f"{place}/openapi.json")


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
        "pattern": PUBLIC_URL,
        "maxLength": 2000,
        "description": "http or https; without a path, its /.well-known/api-catalog.",
    }
)
class SourceUrlField(TextField):
    """A URL to register; what is wrong with it is told by whoever registers it."""


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


class NewSourceSerializer(serializers.Serializer[Any]):
    """A source to register: a linkset (RFC 9727) or an OpenAPI document."""

    url = SourceUrlField(max_length=2000, trim_whitespace=False)
    owner = OwnerField(
        max_length=MAX_OWNER, required=False, allow_blank=True, default=""
    )
