"""The rules over HTTP: what documents are held against."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from catalog_service.linting import Rule, RuleSet, all_rules, find_rule, rules_of
from shared.parameters import PAGING, check_parameters
from shared.problems import NotFoundError

from .languages import ACCEPT_LANGUAGE, InLanguage, language_of, told_in
from .lint_serializers import RULE_SETS, RuleSerializer
from .parameters import check_choice

_RULE_SET = OpenApiParameter(
    "ruleSet", enum=RULE_SETS, description="Only the rules of this rule set."
)


class RuleList(InLanguage, ListAPIView[Any]):
    """The rules."""

    serializer_class = RuleSerializer

    def get_queryset(self) -> Any:
        """Return the rules that are asked for, by id."""
        chosen = self._rule_set()
        return rules_of(RuleSet(chosen)) if chosen else all_rules()

    @extend_schema(
        operation_id="listRules",
        summary="List the rules",
        auth=[],
        parameters=[_RULE_SET, ACCEPT_LANGUAGE],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List what documents are held against, each with examples."""
        check_parameters(request.query_params, {*PAGING, "ruleSet"}, self._rule_set)
        response = super().get(request, *args, **kwargs)
        return told_in(response, language_of(request))

    def _rule_set(self) -> str:
        return check_choice(self.request.query_params, "ruleSet", RULE_SETS)


class RuleDetail(GenericAPIView[Any]):
    """One rule."""

    serializer_class = RuleSerializer

    @extend_schema(
        operation_id="getRule",
        summary="Get a rule",
        auth=[],
        parameters=[ACCEPT_LANGUAGE],
    )
    def get(self, request: Request, rule_id: str) -> Response:
        """Return a rule, by the id that any rule set has for it."""
        check_parameters(request.query_params, ())
        rule: Rule | None = find_rule(rule_id)
        if rule is None:
            raise NotFoundError(
                f"There is no rule '{rule_id[:100]}'; /v1/rules lists them."
            )
        language = language_of(request)
        shown = RuleSerializer(rule, context={"language": language})
        return told_in(Response(shown.data), language)
