"""Findings over HTTP: of the current version of an API, of any, and the scores."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from catalog_service.judging.judgements import Judged, Judgement
from catalog_service.judging.reports import judgement_now, stored_judgement
from catalog_service.linting import DEFAULT_RULE_SET, RuleSet, all_rules
from catalog_service.models import Api, LintReport, Version
from shared.limits.limiting import limit_searches
from shared.parameters import PAGING, check_parameters

from .languages import ACCEPT_LANGUAGE, InLanguage, language_of, told_in
from .lint_answers import LintPagination
from .lint_serializers import (
    RULE_SETS,
    SEVERITIES,
    LintFindingSerializer,
    ScoreSerializer,
)
from .lookup import find_api, find_current, find_version
from .parameters import check_choice

_RULE_IDS = tuple(
    sorted({rule.id_in(each) for rule in all_rules() for each in rule.severities})
)
_YES_NO = ("true", "false")
# What may be asked for; the second spelling is that of other linters.
_CHOICES = {
    "ruleSet": RULE_SETS,
    "ruleset": RULE_SETS,
    "severity": SEVERITIES,
    "rule": _RULE_IDS,
    "explained": _YES_NO,
}
_HEAVY = ("version__raw", "version__facts", "version__findings")
_PARAMETERS = [
    OpenApiParameter(
        "ruleSet",
        str,
        enum=RULE_SETS,
        default=str(DEFAULT_RULE_SET),
        description="The rules to hold the document against.",
    ),
    OpenApiParameter("severity", enum=SEVERITIES, description="Only these findings."),
    OpenApiParameter("rule", enum=_RULE_IDS, description="Only findings of a rule."),
    OpenApiParameter(
        "explained",
        enum=_YES_NO,
        description="Only findings with a reason, or without.",
    ),
    ACCEPT_LANGUAGE,
]


class _LintView(InLanguage, ListAPIView[Any]):
    """The findings of a version; the subclass says of which."""

    serializer_class = LintFindingSerializer
    pagination_class = LintPagination

    def version(self) -> Version:
        """Return the version in the address."""
        raise NotImplementedError

    def get_queryset(self) -> Any:
        """Return the findings that the parameters ask for."""
        parameters = self.request.query_params
        chosen = {
            name: check_choice(parameters, name, _CHOICES[name]) for name in _CHOICES
        }
        rule_set = RuleSet(
            chosen["ruleSet"] or chosen["ruleset"] or str(DEFAULT_RULE_SET)
        )
        self.judged_version = self.version()
        self.judgement = self._judgement(rule_set)
        return [each for each in self.judgement.findings if _is_chosen(each, chosen)]

    def answer(self, request: Request) -> Response:
        """Return the page of findings."""
        parameters = request.query_params
        choices = (
            partial(check_choice, parameters, *each) for each in _CHOICES.items()
        )
        check_parameters(parameters, {*PAGING, *_CHOICES}, *choices)
        return told_in(self.list(request), language_of(request))

    def _judgement(self, rule_set: RuleSet) -> Judgement:
        """Return how the version does; what must be linted first is limited."""
        stored = stored_judgement(self.judged_version, rule_set)
        if stored is not None:
            return stored
        limit_searches(self.request._request)
        return judgement_now(self.judged_version, rule_set)


class ApiLint(_LintView):
    """The findings of the current version."""

    def version(self) -> Version:
        """Return the current version of the API in the address."""
        return find_current(self.kwargs["pk"])

    @extend_schema(
        operation_id="lintApi",
        summary="List what breaks the design rules",
        auth=[],
        parameters=_PARAMETERS,
    )
    def get(self, request: Request, pk: int) -> Response:  # noqa: ARG002
        """List the findings in the current version, with its score."""
        return self.answer(request)


class VersionLint(_LintView):
    """The findings of a version."""

    def version(self) -> Version:
        """Return the version in the address."""
        return find_version(self.kwargs["pk"], self.kwargs["number"])

    @extend_schema(
        operation_id="lintVersion",
        summary="List what breaks the design rules in a version",
        auth=[],
        parameters=_PARAMETERS,
    )
    def get(
        self,
        request: Request,
        pk: int,  # noqa: ARG002
        number: int,  # noqa: ARG002
    ) -> Response:
        """List the findings in a version, with its score."""
        return self.answer(request)


class ScoreList(ListAPIView[LintReport]):
    """The scores of an API."""

    serializer_class = ScoreSerializer

    def get_queryset(self) -> QuerySet[LintReport]:
        """Return the reports of the API in the address, newest version first."""
        api = find_api(Api.objects.all(), self.kwargs["pk"])
        found = LintReport.objects.filter(version__api=api).select_related("version")
        left_out = ("findings", "explanations", *_HEAVY)
        return found.defer(*left_out).order_by("-version__number")

    @extend_schema(
        operation_id="listScores", summary="List the scores of an API", auth=[]
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List how each version does under the default rule set, newest first.

        What is explained now is left out of all of them.
        """
        check_parameters(request.query_params, PAGING)
        return super().get(request, *args, **kwargs)


def _is_chosen(judged: Judged, chosen: dict[str, str]) -> bool:
    facts = {
        "severity": str(judged.finding.severity),
        "rule": judged.finding.rule,
        "explained": "true" if judged.reason else "false",
    }
    return all(chosen[name] in ("", fact) for name, fact in facts.items())
