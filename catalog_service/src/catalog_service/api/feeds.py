"""Feeds over HTTP: of all APIs, and of one."""

from __future__ import annotations

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from catalog_service.auditing.feeds import (
    MEDIA_TYPE,
    comparisons_of,
    latest_changes,
    write_feed,
)
from catalog_service.models import Api, Change
from shared.conditional import etag_of, not_modified
from shared.parameters import check_names
from shared.problems import NotFoundError

_CACHED = "public, max-age=60"
# Raise it when a feed of the same changes is written otherwise.
_FORM = 2


@require_safe
def all_changes(request: HttpRequest) -> HttpResponse:
    """Answer with the latest changes of all APIs."""
    place = "/v1/feed.atom"
    return _answer(request, None, title="Changes of all APIs", place=place, page="/")


@require_safe
def api_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the latest changes of one API, also when it was removed."""
    api = Api.objects.filter(pk=pk).first()
    if api is None:
        raise NotFoundError(f"There is no API {pk}.")
    return _answer(
        request,
        api,
        title=f"Changes of {api.title}",
        place=f"/v1/apis/{pk}/feed.atom",
        page=f"/apis/{api.slug}",
    )


def _answer(
    request: HttpRequest, api: Api | None, *, title: str, place: str, page: str
) -> HttpResponse:
    check_names(request.GET, ())
    newest = Change.objects.all() if api is None else api.changes.all()
    last = newest.aggregate(last=Max("id"))["last"]
    compared = comparisons_of(api).aggregate(last=Max("made_at"))["last"]
    etag = etag_of(last, compared, place, title, _FORM)
    headers = {"ETag": etag, "Cache-Control": _CACHED}
    if not_modified(request, etag):
        return HttpResponse(status=304, headers=headers)
    body = write_feed(latest_changes(api), title=title, place=place, page=page)
    return HttpResponse(body, content_type=MEDIA_TYPE, headers=headers)
