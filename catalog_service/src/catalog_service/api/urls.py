"""The addresses under /v1."""

from django.urls import path, re_path

from shared.problems.handlers import nothing_here
from shared.rest.openapi import openapi_json, openapi_yaml

from .apis import ApiDetail, ApiList, VersionList
from .badges import ApiBadge, VersionBadge
from .change_kinds import ChangeKindDetail, ChangeKindList
from .changes import ChangeList
from .checks import CheckList
from .comparisons import ComparisonDetail
from .deviations import DeviationDetail, DeviationList
from .documents import JsonDocument, YamlDocument
from .feeds import AllChanges, ApiChanges
from .linksets import AllLinks, ApiLinks
from .lint import ApiLint, ScoreList, VersionLint
from .live_checks import LiveCheckDetail, LiveCheckList
from .operations import OperationList
from .rules import RuleDetail, RuleList
from .sources import SourceDetail, SourceList

urlpatterns = [
    path("openapi.json", openapi_json),
    path("openapi.yaml", openapi_yaml),
    path("apis", ApiList.as_view()),
    path("apis/<int:pk>", ApiDetail.as_view()),
    path("apis/<int:pk>/audit", ChangeList.as_view()),
    path("apis/<int:pk>/badge.svg", ApiBadge.as_view()),
    path("apis/<int:pk>/deviations", DeviationList.as_view()),
    path("apis/<int:pk>/deviations/<int:deviation_id>", DeviationDetail.as_view()),
    path("apis/<int:pk>/diff", ComparisonDetail.as_view()),
    path("apis/<int:pk>/feed.atom", ApiChanges.as_view()),
    path("apis/<int:pk>/lint", ApiLint.as_view()),
    path("apis/<int:pk>/linkset", ApiLinks.as_view()),
    path("apis/<int:pk>/live-checks", LiveCheckList.as_view()),
    path("apis/<int:pk>/live-checks/<int:check_id>", LiveCheckDetail.as_view()),
    path("apis/<int:pk>/scores", ScoreList.as_view()),
    path("apis/<int:pk>/versions", VersionList.as_view()),
    path("apis/<int:pk>/versions/<int:number>/badge.svg", VersionBadge.as_view()),
    path("apis/<int:pk>/versions/<int:number>/lint", VersionLint.as_view()),
    path("apis/<int:pk>/versions/<int:number>/openapi.json", JsonDocument.as_view()),
    path("apis/<int:pk>/versions/<int:number>/openapi.yaml", YamlDocument.as_view()),
    path("change-kinds", ChangeKindList.as_view()),
    path("change-kinds/<slug:kind_id>", ChangeKindDetail.as_view()),
    path("checks", CheckList.as_view()),
    path("operations", OperationList.as_view()),
    path("feed.atom", AllChanges.as_view()),
    path("linkset", AllLinks.as_view()),
    path("rules", RuleList.as_view()),
    path("rules/<str:rule_id>", RuleDetail.as_view()),
    path("sources", SourceList.as_view()),
    path("sources/<int:pk>", SourceDetail.as_view()),
    re_path("", nothing_here),
]
