"""What requests and answers have in common: methods, formats, entity tags, headers."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from data_service.crs.systems import ACCEPTED, NamedCrs, UnknownCrsError, parse_crs
from data_service.formats import Format
from data_service.formats.hal import RENDERER_VERSION
from data_service.schemas.tables import Dataset
from shared.conditional import etag_of, not_modified
from shared.negotiation import preferred
from shared.problems import MethodNotAllowedError, NotAcceptableError

from .codings import encode, variant, wanted_coding

METHODS = ("GET", "HEAD", "OPTIONS")


def answer_without_view(request: HttpRequest) -> HttpResponse | None:
    """Answer OPTIONS; refuse a method that writes; None for one that reads."""
    if request.method in {"GET", "HEAD"}:
        return None
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": ", ".join(METHODS)})
    detail = f"Rows are only read here; use {', '.join(METHODS)}."
    raise MethodNotAllowedError(detail, allowed=METHODS)


def choose_format(
    request: HttpRequest, name: str | None, formats: Sequence[Format]
) -> tuple[Format, str]:
    """Give the format to answer in, and its media type; `_format` goes first."""
    if name is not None:
        chosen = next(f for f in formats if f.name == name)
        return chosen, chosen.media_types[0]
    media_type = choose_type(request, [t for f in formats for t in f.media_types])
    return next(f for f in formats if media_type in f.media_types), media_type


def choose_type(request: HttpRequest, offered: Sequence[str]) -> str:
    """Give the media type that the client wants most, or raise NotAcceptableError."""
    media_type = preferred(request.META.get("HTTP_ACCEPT", ""), offered)
    if media_type is None:
        raise NotAcceptableError(f"Accept one of {', '.join(offered)}.")
    return media_type


def entity_tag(dataset: Dataset, *parts: object) -> str:
    """Make the entity tag of an answer about a dataset (ADR 0009)."""
    return etag_of(
        settings.API_VERSION,
        RENDERER_VERSION,
        settings.PUBLIC_URL,
        dataset.release,
        *parts,
    )


def unchanged(request: HttpRequest, etag: str) -> HttpResponseBase | None:
    """Answer 304 to a client that has the current answer; None to any other.

    `*` names no answer; it is for `tagged` to decide, when it is known to exist.
    """
    etag = variant(etag, wanted_coding(request))
    if _asks_for_any(request) or not not_modified(request, etag):
        return None
    return HttpResponse(status=304)


def tagged(
    request: HttpRequest,
    response: HttpResponseBase,
    etag: str,
    release: str,
    *,
    vary: Sequence[str] = (),
) -> HttpResponseBase:
    """Set what every answer has that a client may keep and ask for again.

    It is compressed here, as the client wishes. `vary` names the other headers that
    the answer depends on.
    """
    coding = wanted_coding(request)
    if _asks_for_any(request):
        response.close()
        response = HttpResponse(status=304)
    encode(response, coding)
    headers = response.headers
    headers["ETag"] = variant(etag, coding)
    headers["API-Version"] = release
    headers["Vary"] = ", ".join(("Accept", "Accept-Encoding", *vary))
    # Open data may be kept, but the next snapshot must be seen at once.
    headers["Cache-Control"] = "public, no-cache"
    return response


def _asks_for_any(request: HttpRequest) -> bool:
    return bool(request.META.get("HTTP_IF_NONE_MATCH", "").strip() == "*")


def asked_crs(request: HttpRequest) -> NamedCrs | None:
    """Read the header Accept-Crs, raising NotAcceptableError for an unknown name."""
    text = request.META.get("HTTP_ACCEPT_CRS", "")
    try:
        return parse_crs(text) if text.strip() else None
    except UnknownCrsError as error:
        detail = (
            f"Accept-Crs is {ACCEPTED}: as EPSG:n, as urn:ogc:def:crs:EPSG::n or as "
            "http://www.opengis.net/def/crs/EPSG/0/n."
        )
        raise NotAcceptableError(detail) from error
