"""In which language a sentence is told: the client's Accept-Language decides."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from drf_spectacular.utils import OpenApiParameter
from rest_framework.response import Response

LANGUAGES = ("en", "nl")
ACCEPT_LANGUAGE = OpenApiParameter(
    "Accept-Language",
    str,
    OpenApiParameter.HEADER,
    description="The language of titles and messages: `nl` or `en`, English if none.",
)


def language_of(request: HttpRequest) -> str:
    """Return the language that the client likes best (RFC 9110 §12.5.4)."""
    wanted = parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
    known = (tag.split("-")[0] for tag, _ in wanted)
    return next((each for each in known if each in LANGUAGES), LANGUAGES[0])


def told_in(response: Response, language: str) -> Response:
    """Say of a response in which language it is, and what decided that."""
    response.headers["Content-Language"] = language
    patch_vary_headers(response, ["Accept-Language"])
    return response
