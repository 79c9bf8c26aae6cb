"""What the API says of changes between documents: the members of each answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog_service.comparing.checking import Check, Outcome
from catalog_service.diffing import Bump, Kind, Level, Verdict, example_documents
from catalog_service.models import Version
from shared.links import public_url

from .languages import MessageSerializer, TitleSerializer
from .values import LINKS_SCHEMA

_BUMPS = [(str(bump), bump.name) for bump in Bump]
_SIDES = {"old": "from", "new": "to"}


class _TwoSidesSerializer(serializers.Serializer[Any]):
    """Calls `old` and `new` as the parameters do: `from` is a word of Python."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Return the fields under their public names."""
        fields = super().get_fields()
        return {_SIDES.get(name, name): field for name, field in fields.items()}


class DifferenceSerializer(MessageSerializer):
    """A change between two documents, and where it stands in each of them.

    The pointers are JSON pointers (RFC 6901); one is empty when that document has no
    such place. Path and method are empty when the whole document is meant.
    """

    id = serializers.CharField()
    level = serializers.ChoiceField(choices=[str(level) for level in Level])
    path = serializers.CharField()
    method = serializers.CharField()
    place = serializers.CharField()
    status = serializers.CharField()
    field = serializers.CharField()
    pointerFrom = serializers.CharField(source="pointer_from")  # noqa: N815
    pointerTo = serializers.CharField(source="pointer_to")  # noqa: N815

    def sentences(self, told: Mapping[str, str]) -> dict[str, str]:
        """Return what changed, by language."""
        return {"nl": told["sentence_nl"], "en": told["sentence"]}


class CountsSerializer(serializers.Serializer[Mapping[str, int]]):
    """How many changes there are of each level."""

    breaking = serializers.IntegerField(min_value=0)
    warning = serializers.IntegerField(min_value=0)
    info = serializers.IntegerField(min_value=0)


class AgreementSerializer(serializers.Serializer[Mapping[str, Any]]):
    """Which part of the version number to raise, and whether `info.version` was.

    `actual` is null when one of the two is no version number.
    """

    verdict = serializers.ChoiceField(choices=[str(each) for each in Verdict])
    suggested = serializers.ChoiceField(choices=_BUMPS)
    actual = serializers.ChoiceField(choices=_BUMPS, allow_null=True)
    versionFrom = serializers.CharField(source="version_from")  # noqa: N815
    versionTo = serializers.CharField(source="version_to")  # noqa: N815
    agrees = serializers.SerializerMethodField()
    message = serializers.CharField(source="sentence")

    def get_agrees(self, agreement: Mapping[str, Any]) -> bool:
        """Tell whether the version was raised enough."""
        return bool(agreement["verdict"] == Verdict.AGREES)


class ComparedVersionSerializer(serializers.ModelSerializer[Version]):
    """One of the two versions."""

    fetchedAt = serializers.DateTimeField(source="fetched_at")  # noqa: N815
    openapi = serializers.SerializerMethodField()

    class Meta:
        model = Version
        fields = ("number", "label", "fetchedAt", "openapi")
        read_only_fields = fields

    @extend_schema_field(serializers.URLField())
    def get_openapi(self, version: Version) -> str:
        """Return where the document is."""
        place = f"/v1/apis/{version.api_id}/versions/{version.number}"
        return public_url(f"{place}/openapi.json")


class ComparisonSerializer(_TwoSidesSerializer):
    """What changed between two versions: the worst first.

    `changes` holds the first thousand; `summary` counts all.
    """

    old = ComparedVersionSerializer()
    new = ComparedVersionSerializer()
    breaking = serializers.BooleanField()
    summary = CountsSerializer()
    version = AgreementSerializer()
    changes = DifferenceSerializer(many=True)


class CheckSerializer(serializers.Serializer[Check]):
    """Whether a document would break the clients of the version in production.

    Without an API (`new`) there was nothing to compare with.
    """

    outcome = serializers.ChoiceField(choices=[str(each) for each in Outcome])
    passes = serializers.BooleanField()
    message = serializers.CharField(source="sentence")
    failOn = serializers.CharField(source="fail_on")  # noqa: N815
    apiId = serializers.IntegerField(source="api.pk", default=None, allow_null=True)  # noqa: N815
    against = ComparedVersionSerializer(allow_null=True)
    summary = CountsSerializer(source="compared.counts", default=None, allow_null=True)
    version = AgreementSerializer(
        source="compared.agreement", default=None, allow_null=True
    )
    changes = DifferenceSerializer(source="compared.changes", many=True, default=())


class KindOfChangeSerializer(TitleSerializer):
    """A kind of change that is looked for."""

    id = serializers.CharField()
    level = serializers.ChoiceField(choices=[str(level) for level in Level])
    scope = serializers.CharField()
    places = serializers.SerializerMethodField()
    links = serializers.SerializerMethodField()

    def sentences(self, kind: Kind) -> dict[str, str]:
        """Return what it tells, by language."""
        return {"nl": kind.sentence_nl, "en": kind.sentence}

    @extend_schema_field({"type": "array", "items": {"type": "string"}})
    def get_places(self, kind: Kind) -> list[str]:
        """Return the parts of an API in which it is looked for."""
        return sorted(kind.places)

    @extend_schema_field(LINKS_SCHEMA)
    def get_links(self, kind: Kind) -> dict[str, str]:
        """Return where to go on."""
        return {"self": public_url(f"/v1/change-kinds/{kind.id}")}


class ExampleSerializer(_TwoSidesSerializer):
    """Two documents between which the change lies."""

    old = serializers.DictField()
    new = serializers.DictField()


class KindOfChangeDetailSerializer(KindOfChangeSerializer):
    """A kind of change with its example."""

    example = serializers.SerializerMethodField()

    @extend_schema_field(ExampleSerializer)
    def get_example(self, kind: Kind) -> dict[str, Any]:
        """Return two whole documents between which the change lies."""
        old, new = example_documents(kind)
        return {"from": old, "to": new}
