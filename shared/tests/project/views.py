"""Things through a plain view and through DRF, with the same rules."""

import json

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import InternalError, OperationalError
from django.http import Http404, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.http import require_http_methods, require_safe
from drf_spectacular.utils import extend_schema
from psycopg.errors import (
    QueryCanceled,
    ReadOnlySqlTransaction,
    SerializationFailure,
)
from rest_framework import exceptions, serializers
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response
from rest_framework.views import APIView

from shared.busy import BusyError
from shared.limits import limit_searches, limit_writes
from shared.linksets import Context, Link, linkset_response
from shared.negotiation import preferred
from shared.paging import link_header, page_links, read_page
from shared.problems import BadRequestError, Fault, NotAcceptableError, NotFoundError
from shared.rest import HasScope, SearchThrottle, WriteThrottle
from shared.tokens import require

THINGS = [{"number": number, "name": f"thing {number}"} for number in range(1, 46)]


class ThingSerializer(serializers.Serializer):
    """A thing."""

    number = serializers.IntegerField(min_value=1)
    name = serializers.CharField(max_length=20)


@require_http_methods(["GET", "HEAD", "POST"])
def plain_things(request):
    """List or make things, as a plain view."""
    if preferred(request.META.get("HTTP_ACCEPT", ""), ["application/json"]) is None:
        raise NotAcceptableError
    if request.method == "POST":
        require(request, "data:write")
        limit_writes(request)
        return JsonResponse(_read_thing(request.body), status=201)
    if request.GET.get("q"):
        limit_searches(request)
    page = read_page(request.GET)
    page.check(len(THINGS))
    items = THINGS[page.start : page.start + page.size]
    links = link_header(page_links(request, page, len(THINGS)))
    body = {"items": items, "total": 45, "page": page.number, "pageSize": page.size}
    return JsonResponse(body, headers={"Link": links})


@require_safe
def plain_thing(request, number):
    """Show a thing, as a plain view."""
    if number > len(THINGS):
        raise NotFoundError(f"There is no thing {number}.")
    return JsonResponse(THINGS[number - 1])


def _read_thing(body):
    try:
        thing = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadRequestError("The body is no JSON.") from error
    serializer = ThingSerializer(data=thing)
    if not serializer.is_valid():
        raise BadRequestError(
            faults=[
                Fault(name, str(messages[0]), "body")
                for name, messages in serializer.errors.items()
            ]
        )
    return serializer.validated_data


class Things(GenericAPIView):
    """List or make things, through DRF."""

    permission_classes = [HasScope("data:write")]
    throttle_classes = [WriteThrottle, SearchThrottle]
    serializer_class = ThingSerializer
    queryset = None

    @extend_schema(operation_id="list_things", responses=ThingSerializer(many=True))
    def get(self, request):
        """List things."""
        page = self.paginate_queryset(THINGS)
        return self.get_paginated_response(page)

    @extend_schema(responses={201: ThingSerializer})
    def post(self, request):
        """Make a thing."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return Response(serializer.validated_data, status=201)


class Thing(APIView):
    """Show a thing, through DRF; nobody may write it."""

    @extend_schema(responses=ThingSerializer)
    def get(self, request, number):
        """Show a thing."""
        if number > len(THINGS):
            raise Http404(f"There is no thing {number}.")
        return Response(THINGS[number - 1])

    @extend_schema(request=ThingSerializer, responses=ThingSerializer)
    def put(self, request, number):
        """Refuse, by the default permission."""
        raise AssertionError


def _canceled():
    error = OperationalError("canceling statement")
    error.__cause__ = QueryCanceled()
    return error


def _read_only():
    error = InternalError("cannot execute INSERT in a secret transaction")
    error.__cause__ = ReadOnlySqlTransaction()
    return error


ERRORS = {
    "defect": lambda: ZeroDivisionError("a secret detail"),
    "denied": PermissionDenied,
    "suspicious": lambda: SuspiciousOperation("a secret detail"),
    "bad": lambda: BadRequest("The thing is bad."),
    "missing": lambda: Http404("No such thing."),
    "form": MultiPartParserError,
    "database": lambda: OperationalError("a secret host"),
    "slow": _canceled,
    "driver": QueryCanceled,
    "conflict": SerializationFailure,
    "replica": _read_only,
    "busy": lambda: BusyError("a secret detail"),
    "internal": lambda: InternalError("a secret detail"),
    "late": lambda: TimeoutError("a secret detail"),
}


def raise_error(request, kind):
    """Raise the error of `kind`."""
    raise ERRORS[kind]()


REST_ERRORS = {
    "invalid": lambda: exceptions.ValidationError(
        {"a": {"b": ["wrong"]}, "non_field_errors": ["both"], "c": [{"d": ["bad"]}]}
    ),
    "unnamed": lambda: exceptions.ValidationError("wrong"),
    "anonymous": exceptions.NotAuthenticated,
    "unknown": exceptions.AuthenticationFailed,
    "forbidden": exceptions.PermissionDenied,
    "absent": exceptions.NotFound,
    "other-type": lambda: exceptions.UnsupportedMediaType("a/b"),
    "no-format": exceptions.NotAcceptable,
    "often": lambda: exceptions.Throttled(wait=7),
    **ERRORS,
}


class RestError(APIView):
    """Raise the error of a kind, through DRF."""

    @extend_schema(exclude=True)
    def get(self, request, kind):
        """Raise it."""
        raise REST_ERRORS[kind]()


def echo(request):
    """Send the body back."""
    return HttpResponse(request.body)


def framed(request):
    """Answer with a policy of its own."""
    response = HttpResponse("x")
    response.csp = {"connect-src": ["https://api.example"]}
    return response


@require_safe
def api_catalog(request):
    """List one API."""
    link = Link("https://kade.example/v1/things/openapi.json", "application/json")
    anchor = "https://kade.example/v1/things"
    return linkset_response(request, [Context(anchor, {"service-desc": [link]})])


def has_something():
    """Say that there is something."""
    return True
