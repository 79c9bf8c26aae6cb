"""APIs over HTTP: the list and the search, one API, its versions."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView, ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from catalog_service.admitting.lifecycle_headers import lifecycle_headers
from catalog_service.models import Api, Version
from catalog_service.searching.apis import find_apis
from catalog_service.searching.facets import (
    FACET_NAMES,
    FACETS,
    Facet,
    choose,
    count_facets,
)
from catalog_service.searching.understanding import (
    MAX_QUERY,
    check_question,
    understand,
)
from shared.links import public_url
from shared.parameters import PAGING, check_parameters
from shared.problems import BadRequestError, Fault
from shared.rest import HasScope, SearchThrottle, WriteThrottle

from .accounts import SCOPE, account_of
from .bodies import DOCUMENT_PARSERS, body_of, request_in
from .changing import change, check_owner, push, register, remove, replace
from .lookup import find_api
from .parameters import check_choice, check_text, is_id
from .request_bodies import (
    CHANGE_BODY,
    DOCUMENT_BODY,
    DOCUMENT_OR_URL_BODY,
    PUSH_RESPONSES,
    REPLACE_RESPONSES,
)
from .search_answers import SearchPagination
from .serializers import ApiDetailSerializer, ApiSerializer, VersionSerializer
from .values import MAX_ID, WITHOUT_NUL

# What a list does not show, and what may be megabytes.
_LEFT_OUT = ("current__raw", "current__findings", "current__facts")

_Q = OpenApiParameter(
    "q",
    {"type": "string", "maxLength": MAX_QUERY, "pattern": WITHOUT_NUL},
    description=(
        "Words that all occur in the document: titles, descriptions, paths, summaries, "
        "parameters, fields. Also `GET /path`. Typing errors and accents are forgiven."
    ),
)
_STATE = OpenApiParameter(
    "state", enum=Api.State.values, description="What became of it at its source."
)
_TEXT = {"type": "string", "maxLength": 200, "pattern": WITHOUT_NUL}
_ID = {"type": "integer", "minimum": 1, "maximum": MAX_ID}
_FACETS = [
    OpenApiParameter(
        facet.name,
        str if facet.choices else _ID if facet.name == "source" else _TEXT,
        enum=facet.choices or None,
        description=facet.text,
    )
    for facet in FACETS
]
_NAME = OpenApiParameter(
    "name",
    _TEXT,
    description="By which the API is known when it is pushed again; else its title.",
)
_OWNER = OpenApiParameter(
    "owner",
    _TEXT,
    description="Who answers for a pushed document.",
)


class ApiList(ListAPIView[Api]):
    """The APIs: list, search, push, register."""

    serializer_class = ApiSerializer
    pagination_class = SearchPagination
    permission_classes = [HasScope(SCOPE)]
    parser_classes = DOCUMENT_PARSERS
    throttle_classes = [WriteThrottle, SearchThrottle]

    def get_queryset(self) -> QuerySet[Api]:
        """Return the APIs that the parameters ask for."""
        parameters = self.request.query_params
        self.question = understand(parameters.get("q", ""))
        wanted = _wanted(parameters)
        found = find_apis(self.question)
        if state := check_choice(parameters, "state", Api.State.values):
            found = found.filter(state=state)
        self.facets = count_facets(found, wanted)
        return choose(found, wanted).select_related("current").defer(*_LEFT_OUT)

    def get_serializer_context(self) -> dict[str, Any]:
        """Tell the serializer what was looked for, to be highlighted."""
        question = getattr(self, "question", None)
        return {**super().get_serializer_context(), "question": question}

    @extend_schema(
        operation_id="listApis",
        summary="List and search APIs",
        auth=[],
        parameters=[_Q, _STATE, *_FACETS],
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List APIs: by title, or the best answer to `q` first; with facets."""
        parameters = request.query_params
        check_parameters(
            parameters,
            {*PAGING, "q", "state", *FACET_NAMES},
            partial(check_question, parameters.get("q", "")),
            partial(check_choice, parameters, "state", Api.State.values),
            *(partial(_chosen, parameters, f) for f in FACETS if f.name in parameters),
        )
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="pushDocument",
        summary="Push a document, or register one by URL",
        parameters=[_NAME, _OWNER],
        request=DOCUMENT_OR_URL_BODY,
        responses=PUSH_RESPONSES,
    )
    def post(self, request: Request) -> Response:
        """Take a document in; 200 when the catalogue has it already."""
        parameters = request.query_params
        names = ("name", "owner")
        texts = [partial(check_text, parameters, each) for each in names]
        check_parameters(parameters, names, *texts)
        name, owner = (read() for read in texts)
        raw, account = body_of(request), account_of(request.user)
        wanted = request_in(raw)
        if wanted is None:
            admission = push(raw, name=name, owner=owner, by=account)
        else:
            admission = register(wanted, by=account)
        return _admitted(admission.version, is_changed=admission.is_changed)


class ApiDetail(GenericAPIView[Api]):
    """One API."""

    queryset = Api.objects.select_related("current").defer("current__raw")
    serializer_class = ApiDetailSerializer
    permission_classes = [HasScope(SCOPE)]
    parser_classes = DOCUMENT_PARSERS

    @extend_schema(operation_id="getApi", summary="Get an API", auth=[])
    def get(self, request: Request, pk: int) -> Response:
        """Return an API with the facts and faults of its current version."""
        check_parameters(request.query_params, ())
        return _shown(find_api(self.get_queryset(), pk))

    @extend_schema(
        operation_id="replaceDocument",
        summary="Push a further document of an API",
        request=DOCUMENT_BODY,
        responses=REPLACE_RESPONSES,
    )
    def put(self, request: Request, pk: int) -> Response:
        """Make the document the API's current version; 200 when it says the same."""
        check_parameters(request.query_params, ())
        api, account = find_api(Api.objects.all(), pk), account_of(request.user)
        check_owner(api, by=account)
        admission = replace(api, body_of(request), by=account)
        return _admitted(admission.version, is_changed=admission.is_changed)

    @extend_schema(
        operation_id="changeApi",
        summary="Change owner, status, deprecation or sunset of an API",
        request=CHANGE_BODY,
        responses={200: ApiDetailSerializer},
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Set facts by hand; null gives one back to the document."""
        check_parameters(request.query_params, ())
        find_api(Api.objects.all(), pk)
        change(pk, body_of(request), by=account_of(request.user))
        return _shown(find_api(self.get_queryset(), pk))

    @extend_schema(
        operation_id="removeApi", summary="Remove an API", responses={204: None}
    )
    def delete(self, request: Request, pk: int) -> Response:
        """Take an API out of the catalogue; its audit log is kept."""
        check_parameters(request.query_params, ())
        find_api(Api.objects.all(), pk)
        remove(pk, by=account_of(request.user))
        return Response(status=204)


class VersionList(ListAPIView[Version]):
    """The versions of an API."""

    serializer_class = VersionSerializer

    def get_queryset(self) -> QuerySet[Version]:
        """Return the versions of the API in the address, newest first."""
        api = find_api(Api.objects.all(), self.kwargs["pk"])
        found = api.versions.select_related("api")
        return found.defer("raw", "findings", "facts").order_by("-number")

    @extend_schema(
        operation_id="listVersions", summary="List the versions of an API", auth=[]
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List the versions of an API's document, newest first."""
        check_parameters(request.query_params, PAGING)
        return super().get(request, *args, **kwargs)


def _wanted(parameters: QueryDict) -> dict[str, str]:
    return {f.name: _chosen(parameters, f) for f in FACETS if f.name in parameters}


def _chosen(parameters: QueryDict, facet: Facet) -> str:
    """Return what is chosen of a facet; raises BadRequestError."""
    if facet.choices:
        return check_choice(parameters, facet.name, facet.choices)
    if facet.name == "source" and not is_id(parameters.get("source", "")):
        fault = Fault("source", "is no id", accepted="a whole number")
        raise BadRequestError(faults=[fault])
    return check_text(parameters, facet.name)


def _shown(api: Api) -> Response:
    return Response(ApiDetailSerializer(api).data, headers=lifecycle_headers(api))


def _admitted(version: Version, *, is_changed: bool) -> Response:
    api = Api.objects.select_related("current").get(pk=version.api_id)
    place = public_url(f"/v1/apis/{api.pk}")
    headers = {"Location": place, **lifecycle_headers(api)}
    if is_changed and version.number > 1:
        before = f"{place}/versions/{version.number - 1}/openapi.json"
        headers["Link"] = f'<{before}>; rel="predecessor-version"'
    told = {**ApiDetailSerializer(api).data, "outcome": "admitted"}
    if not is_changed:
        told["outcome"] = "unchanged"
    return Response(told, status=201 if is_changed else 200, headers=headers)
