"""What the API says of sources, APIs and versions: the members of each answer."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog_service.admitting.lifecycle import stage_of
from catalog_service.documents.lifecycle import STATUSES
from catalog_service.models import Api, Change, Operation, Version
from catalog_service.searching.highlighting import highlight
from shared.links import public_url

from .values import LINKS_SCHEMA

# Descriptions may have a hundred thousand characters; a list shows how they begin.
_LISTED_DESCRIPTION = 1_000


class LinksSerializer(serializers.Serializer[dict[str, str]]):
    """Where to go on."""

    self = serializers.URLField()
    page = serializers.URLField()
    versions = serializers.URLField()
    openapi = serializers.URLField(allow_null=True)
    audit = serializers.URLField()
    feed = serializers.URLField()
    linkset = serializers.URLField()
    lint = serializers.URLField()
    scores = serializers.URLField()
    badge = serializers.URLField()


class HighlightsSerializer(serializers.Serializer[dict[str, str]]):
    """Where the words were found: HTML, escaped, with `<mark>` around each of them."""

    title = serializers.CharField()
    description = serializers.CharField()


class ApiSerializer(serializers.ModelSerializer[Api]):
    """An API in a list."""

    documentUrl = serializers.CharField(source="document_url")  # noqa: N815
    documentationUrl = serializers.CharField(source="documentation_url")  # noqa: N815
    sourceId = serializers.IntegerField(source="source_id", allow_null=True)  # noqa: N815
    version = serializers.SerializerMethodField()
    specification = serializers.SerializerMethodField()
    operationCount = serializers.IntegerField(source="operation_count")  # noqa: N815
    currentVersion = serializers.SerializerMethodField()  # noqa: N815
    createdAt = serializers.DateTimeField(source="created_at")  # noqa: N815
    changedAt = serializers.DateTimeField(source="changed_at")  # noqa: N815
    seenAt = serializers.DateTimeField(source="seen_at")  # noqa: N815
    oasVersion = serializers.CharField(source="family")  # noqa: N815
    auth = serializers.ListField(child=serializers.CharField(), source="authentication")
    tags = serializers.ListField(child=serializers.CharField())
    description = serializers.SerializerMethodField()
    validity = serializers.SerializerMethodField()
    lifecycle = serializers.SerializerMethodField()
    deprecated = serializers.DateField(source="deprecated_date", allow_null=True)
    sunset = serializers.DateField(source="sunset_date", allow_null=True)
    highlights = serializers.SerializerMethodField()
    links = serializers.SerializerMethodField()

    class Meta:
        model = Api
        fields: tuple[str, ...] = (
            "id", "slug", "title", "description", "owner", "state", "message",
            "documentUrl", "documentationUrl", "sourceId", "version",
            "specification", "oasVersion", "validity", "operationCount",
            "currentVersion", "auth", "tags", "score", "lifecycle", "deprecated",
            "sunset", "createdAt", "changedAt", "seenAt", "highlights", "links",
        )  # fmt: skip
        read_only_fields: tuple[str, ...] = fields

    def get_description(self, api: Api) -> str:
        """Return the description, in a list only its beginning."""
        return api.description[:_LISTED_DESCRIPTION]

    @extend_schema_field({"type": "string", "enum": ["valid", "invalid"]})
    def get_validity(self, api: Api) -> str:
        """Return whether the document keeps to its specification."""
        return "valid" if api.is_valid else "invalid"

    @extend_schema_field({"type": "string", "enum": list(STATUSES)})
    def get_lifecycle(self, api: Api) -> str:
        """Return the stage of its life today."""
        return stage_of(api)

    @extend_schema_field(HighlightsSerializer(allow_null=True))
    def get_highlights(self, api: Api) -> dict[str, str] | None:
        """Return where the words were found, when some were looked for."""
        question = self.context.get("question")
        if question is None or not question.lexemes:
            return None
        return {
            "title": highlight(api.title, question.stems, whole=True),
            "description": highlight(api.description, question.stems),
        }

    def get_version(self, api: Api) -> str:
        """Return the version that the document claims."""
        return api.current.label if api.current else ""

    def get_specification(self, api: Api) -> str:
        """Return the specification of the document, such as OpenAPI 3.0.3."""
        return api.current.specification if api.current else ""

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
            "audit": public_url(f"{place}/audit"),
            "feed": public_url(f"{place}/feed.atom"),
            "linkset": public_url(f"{place}/linkset"),
            "lint": public_url(f"{place}/lint"),
            "scores": public_url(f"{place}/scores"),
            "badge": public_url(f"{place}/badge.svg"),
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
    """What is wrong or odd about a document: a JSON pointer, a line, a column."""

    pointer = serializers.CharField()
    message = serializers.CharField()
    severity = serializers.CharField(default="error")
    line = serializers.IntegerField(default=0)
    column = serializers.IntegerField(default=0)


class ApiDetailSerializer(ApiSerializer):
    """An API with the facts of its current version."""

    facts = serializers.SerializerMethodField()
    findings = serializers.SerializerMethodField()

    class Meta(ApiSerializer.Meta):
        fields = (*ApiSerializer.Meta.fields, "facts", "findings")
        read_only_fields = fields

    def get_description(self, api: Api) -> str:
        """Return the description."""
        return api.description

    @extend_schema_field(FactsSerializer(allow_null=True))
    def get_facts(self, api: Api) -> Any:
        """Return the facts of the current version."""
        return FactsSerializer(api.current.facts).data if api.current else None

    @extend_schema_field(FindingSerializer(many=True))
    def get_findings(self, api: Api) -> Any:
        """Return what is wrong or odd about the current version."""
        if api.current is None:
            return []
        return FindingSerializer(api.current.findings, many=True).data


class VersionSerializer(serializers.ModelSerializer[Version]):
    """A version of an API's document."""

    mediaType = serializers.CharField(source="media_type")  # noqa: N815
    contentHash = serializers.CharField(source="content_hash")  # noqa: N815
    fetchedAt = serializers.DateTimeField(source="fetched_at")  # noqa: N815
    fetchedFrom = serializers.CharField(source="url")  # noqa: N815
    fetchedBy = serializers.CharField(source="fetched_by")  # noqa: N815
    etag = serializers.CharField()
    validity = serializers.SerializerMethodField()
    isCurrent = serializers.SerializerMethodField()  # noqa: N815
    openapi = serializers.SerializerMethodField()

    class Meta:
        model = Version
        fields = (
            "number", "label", "specification", "mediaType", "contentHash",
            "validity", "fetchedAt", "fetchedFrom", "fetchedBy", "etag", "isCurrent",
            "openapi",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field({"type": "string", "enum": ["valid", "invalid"]})
    def get_validity(self, version: Version) -> str:
        """Return whether the document keeps to its specification."""
        return "valid" if version.is_valid else "invalid"

    def get_isCurrent(self, version: Version) -> bool:  # noqa: N802
        """Tell whether this is the version that is shown."""
        return version.api.current_id == version.pk

    @extend_schema_field(serializers.URLField())
    def get_openapi(self, version: Version) -> str:
        """Return where the document is."""
        place = f"/v1/apis/{version.api_id}/versions/{version.number}"
        return public_url(f"{place}/openapi.json")


class AdmittedSerializer(ApiDetailSerializer):
    """An API whose document was offered, and what came of that."""

    outcome = serializers.ChoiceField(choices=["admitted", "unchanged"])

    class Meta(ApiDetailSerializer.Meta):
        fields = (*ApiDetailSerializer.Meta.fields, "outcome")
        read_only_fields = fields


class OperationSerializer(serializers.ModelSerializer[Operation]):
    """An operation of the current version of an API."""

    operationId = serializers.CharField(source="operation_id")  # noqa: N815
    apiId = serializers.IntegerField(source="api_id")  # noqa: N815
    apiTitle = serializers.CharField(source="api.title")  # noqa: N815
    highlights = serializers.SerializerMethodField()
    links = serializers.SerializerMethodField()

    class Meta:
        model = Operation
        fields = (
            "apiId", "apiTitle", "position", "method", "path", "summary",
            "operationId", "tags", "deprecated", "webhook", "highlights", "links",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(
        {"type": "object", "nullable": True, "additionalProperties": {"type": "string"}}
    )
    def get_highlights(self, operation: Operation) -> dict[str, str] | None:
        """Return where the words were found, when some were looked for."""
        question = self.context.get("question")
        if question is None or not question.lexemes:
            return None
        return {
            "path": highlight(operation.path, question.stems, whole=True),
            "summary": highlight(operation.summary, question.stems, whole=True),
        }

    @extend_schema_field(LINKS_SCHEMA)
    def get_links(self, operation: Operation) -> dict[str, str]:
        """Return where to go on."""
        return {
            "api": public_url(f"/v1/apis/{operation.api_id}"),
            "page": public_url(f"/apis/{operation.api.slug}"),
        }


class ChangeSerializer(serializers.ModelSerializer[Change]):
    """A line of the audit log."""

    changedAt = serializers.DateTimeField(source="changed_at")  # noqa: N815
    changedBy = serializers.CharField(source="changed_by")  # noqa: N815
    before = serializers.DictField()
    after = serializers.DictField()

    class Meta:
        model = Change
        fields = ("id", "kind", "changedAt", "changedBy", "before", "after")
        read_only_fields = fields
