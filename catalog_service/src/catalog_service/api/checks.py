"""The gate over HTTP: may this document go to production? (ADR 0029)."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse, QueryDict
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog_service.comparing.checking import (
    Check,
    Question,
    UnknownApiError,
    check_document,
    pass_unknown,
)
from catalog_service.comparing.texts import report
from catalog_service.diffing import Level
from shared.parameters import check_parameters
from shared.rest import HasScope

from .accounts import SCOPE_TO_CHECK
from .bodies import DOCUMENT_PARSERS, body_of
from .change_kinds import LEVELS
from .comparison_serializers import CheckSerializer
from .faults import FAULTS, problem_of
from .languages import ACCEPT_LANGUAGE, language_of, told_in
from .negotiation import BytesRenderer
from .parameters import check_choice, check_text
from .request_bodies import DOCUMENT_BODY
from .values import WITHOUT_NUL

_PASS, _FAIL = "pass", "fail"
_TEXT = {"type": "string", "maxLength": 200, "pattern": WITHOUT_NUL}
_PARAMETERS = [
    OpenApiParameter(
        "api",
        _TEXT,
        description="Id or slug of the API; else the place at which the document says "
        "to be served decides, or its title.",
    ),
    OpenApiParameter(
        "against",
        _TEXT,
        description="Number or label of a version; else the one in production.",
    ),
    OpenApiParameter(
        "failOn",
        enum=LEVELS,
        default="breaking",
        description="The least level of change that must not happen.",
    ),
    OpenApiParameter(
        "declared",
        enum=(_PASS, _FAIL),
        default=_PASS,
        description="What becomes of a break that `info.version` declares.",
    ),
    OpenApiParameter(
        "unknown",
        enum=(_PASS, _FAIL),
        default=_FAIL,
        description="What becomes of the document of an API that is not known: `pass` "
        "for a first release, else 404.",
    ),
    ACCEPT_LANGUAGE,
]
_TEXTS = ("api", "against")
_PASS_OR_FAIL = (_PASS, _FAIL)
_CHOICES = {"failOn": LEVELS, "declared": _PASS_OR_FAIL, "unknown": _PASS_OR_FAIL}


class TextRenderer(BytesRenderer):
    """What a pipeline prints."""

    media_type = "text/plain"
    format = "txt"


class CheckList(APIView):
    """Checks of documents; none is kept."""

    permission_classes = [HasScope(SCOPE_TO_CHECK)]
    parser_classes = DOCUMENT_PARSERS
    renderer_classes = [JSONRenderer, TextRenderer]

    @extend_schema(
        operation_id="checkDocument",
        summary="Check whether a document would break clients",
        parameters=_PARAMETERS,
        request=DOCUMENT_BODY,
        responses={
            (200, "application/json"): CheckSerializer,
            (200, "text/plain"): OpenApiTypes.STR,
            404: OpenApiResponse(description="The API or the version is not known."),
            409: OpenApiResponse(description="Several APIs have this title."),
            422: OpenApiResponse(description="The document is refused."),
        },
    )
    def post(self, request: Request) -> HttpResponse:
        """Compare a document with the version in production; nothing is changed."""
        parameters = request.query_params
        check_parameters(
            parameters,
            {*_TEXTS, *_CHOICES},
            *(partial(check_text, parameters, name) for name in _TEXTS),
            *(partial(check_choice, parameters, *each) for each in _CHOICES.items()),
        )
        question = _question(parameters)
        may_be_unknown = _chosen(parameters, "unknown", _FAIL) == _PASS
        check = _check(body_of(request), question, may_be_unknown=may_be_unknown)
        if request.accepted_renderer.format == TextRenderer.format:
            return HttpResponse(report(check), content_type="text/plain; charset=utf-8")
        language = language_of(request)
        shown = CheckSerializer(check, context={"language": language})
        return told_in(Response(shown.data), language)


def _check(raw: bytes, question: Question, *, may_be_unknown: bool) -> Check:
    try:
        return check_document(raw, question)
    except UnknownApiError as error:
        if may_be_unknown:
            return pass_unknown(error, question)
        raise problem_of(error) from error
    except FAULTS as error:
        raise problem_of(error) from error


def _question(parameters: QueryDict) -> Question:
    return Question(
        api=check_text(parameters, "api"),
        against=check_text(parameters, "against"),
        fail_on=Level(check_choice(parameters, "failOn", LEVELS) or Level.BREAKING),
        allow_declared=_chosen(parameters, "declared", _PASS) == _PASS,
    )


def _chosen(parameters: QueryDict, name: str, default: str) -> str:
    return check_choice(parameters, name, _CHOICES[name]) or default
