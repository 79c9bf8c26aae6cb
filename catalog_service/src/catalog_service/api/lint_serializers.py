"""What the API says of rules, findings and scores."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from catalog_service.judging.judgements import EXPLAINED, Judged
from catalog_service.linting import Kind, Rule, RuleSet, Severity
from catalog_service.models import LintReport
from shared.links import public_url

from .languages import MessageSerializer, TitleSerializer
from .values import LINKS_SCHEMA

SEVERITIES = tuple(str(each) for each in Severity)
RULE_SETS = tuple(str(each) for each in RuleSet)
_COUNT = {"type": "integer", "minimum": 0}
COUNTS_SCHEMA = {
    "type": "object",
    "description": "Findings by severity; those that are explained apart.",
    "required": [*SEVERITIES, EXPLAINED],
    "properties": dict.fromkeys((*SEVERITIES, EXPLAINED), _COUNT),
}
SCORE_SCHEMA = {"type": "integer", "minimum": 0, "maximum": 100, "nullable": True}


class ReasonSerializer(serializers.Serializer[Any]):
    """Why a rule is not kept, and who says so."""

    reason = serializers.CharField(source="text")
    statedIn = serializers.ChoiceField(  # noqa: N815
        source="source", choices=["document", "catalogue"]
    )
    explainedBy = serializers.CharField(source="by")  # noqa: N815
    explainedAt = serializers.DateTimeField(source="at", allow_null=True)  # noqa: N815


class LintFindingSerializer(MessageSerializer):
    """A place where a document breaks a rule; lines and columns count from 1."""

    rule = serializers.CharField(source="finding.rule")
    severity = serializers.ChoiceField(source="finding.severity", choices=SEVERITIES)
    concerns = serializers.ChoiceField(
        source="finding.kind", choices=[str(each) for each in Kind]
    )
    pointer = serializers.CharField(source="finding.pointer")
    line = serializers.IntegerField(source="finding.line")
    column = serializers.IntegerField(source="finding.column")
    link = serializers.URLField(source="finding.link")
    stricter = serializers.BooleanField(source="finding.stricter")
    explanation = ReasonSerializer(source="reason", allow_null=True)

    def sentences(self, told: Judged) -> dict[str, str]:
        """Return what is wrong, by language."""
        return {"nl": told.finding.sentence_nl, "en": told.finding.sentence_en}


class RuleInSetSerializer(serializers.Serializer[Any]):
    """A rule as a rule set has it."""

    ruleSet = serializers.ChoiceField(choices=RULE_SETS)  # noqa: N815
    id = serializers.CharField()
    severity = serializers.ChoiceField(choices=SEVERITIES)
    stricter = serializers.BooleanField(
        help_text="The official linter has the rule, and never reports it."
    )


class RuleSerializer(TitleSerializer):
    """A rule: what it says, where it comes from, what keeps it and what breaks it."""

    id = serializers.CharField(source="newest_id")
    concerns = serializers.ChoiceField(
        source="kind", choices=[str(each) for each in Kind]
    )
    link = serializers.URLField()
    ruleSets = serializers.SerializerMethodField()  # noqa: N815
    stricter = serializers.SerializerMethodField()
    good = serializers.JSONField(help_text="Part of a document that keeps the rule.")
    bad = serializers.JSONField(help_text="Part of a document that breaks it.")
    links = serializers.SerializerMethodField()

    def sentences(self, kind: Rule) -> dict[str, str]:
        """Return what it finds, by language."""
        return dict(zip(("nl", "en"), kind.sentence.with_gaps(), strict=True))

    @extend_schema_field(RuleInSetSerializer(many=True))
    def get_ruleSets(self, rule: Rule) -> list[dict[str, Any]]:  # noqa: N802
        """Return how each rule set has it."""
        return [
            {
                "ruleSet": str(rule_set),
                "id": rule.id_in(rule_set),
                "severity": str(severity),
                "stricter": rule_set in rule.inert_in,
            }
            for rule_set, severity in rule.severities.items()
        ]

    def get_stricter(self, rule: Rule) -> bool:
        """Tell whether it looks further than the official linter does."""
        return bool(rule.inert_in)

    @extend_schema_field(LINKS_SCHEMA)
    def get_links(self, rule: Rule) -> dict[str, str]:
        """Return where to go on."""
        return {
            "self": public_url(f"/v1/rules/{rule.newest_id}"),
            "page": public_url(f"/rules#{rule.newest_id}"),
        }


class ScoreSerializer(serializers.ModelSerializer[LintReport]):
    """How a version does; `bareScore` leaves out nothing that is explained."""

    version = serializers.IntegerField(source="version.number")
    versionLabel = serializers.CharField(source="version.label")  # noqa: N815
    fetchedAt = serializers.DateTimeField(source="version.fetched_at")  # noqa: N815
    ruleSet = serializers.ChoiceField(source="rule_set", choices=RULE_SETS)  # noqa: N815
    score = serializers.SerializerMethodField()
    bareScore = serializers.SerializerMethodField()  # noqa: N815
    counts = serializers.SerializerMethodField()
    lintedAt = serializers.DateTimeField(source="made_at")  # noqa: N815

    class Meta:
        model = LintReport
        fields = (
            "version", "versionLabel", "fetchedAt", "ruleSet", "score", "bareScore",
            "counts", "edition", "lintedAt",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(SCORE_SCHEMA)
    def get_score(self, report: LintReport) -> int | None:
        """Return the score, without what is explained."""
        return report.score

    @extend_schema_field(SCORE_SCHEMA)
    def get_bareScore(self, report: LintReport) -> int | None:  # noqa: N802
        """Return the score with everything."""
        return report.bare_score

    @extend_schema_field(COUNTS_SCHEMA)
    def get_counts(self, report: LintReport) -> Any:
        """Return the number of findings."""
        return report.counts
