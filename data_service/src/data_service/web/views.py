"""The front page and the page of a dataset."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shared.limits.limiting import limit_searches
from shared.links import public_url
from shared.pages.pager import Pager
from shared.problems import NotFoundError

from .listing import Listing, list_datasets, search_words
from .publication import find_publication


@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    """Show what this is, and the datasets; `?q=` searches, `?page=` pages."""
    words = search_words(request.GET.get("q", ""))
    if words:
        limit_searches(request)
    query = " ".join(words)
    listing = list_datasets(words, request.GET.get("page", "1"))
    return _page(
        request,
        "data_service/front.html",
        {"query": query, "listing": listing, "pager": _pager(listing, query)},
    )


@require_safe
def dataset_page(request: HttpRequest, dataset_id: str) -> HttpResponse:
    """Show the facts, the tables and the first rows of a dataset."""
    publication = find_publication(dataset_id)
    if publication is None:
        raise NotFoundError(f"No dataset '{dataset_id}' is published here.")
    trail = [(_("Datasets"), reverse("front-page")), (publication.title, "")]
    return _page(
        request,
        "data_service/dataset.html",
        {"publication": publication, "trail": trail},
    )


def _page(
    request: HttpRequest, template: str, context: dict[str, object]
) -> HttpResponse:
    response = render(request, template, context)
    # RFC 9727 §3: a page may say where the catalog of the APIs is.
    catalog = public_url("/.well-known/api-catalog")
    response.headers["Link"] = f'<{catalog}>; rel="api-catalog"'
    return response


def _pager(listing: Listing, query: str) -> Pager:
    number, last = listing.page.number, listing.page.count_pages(listing.count)
    return Pager(
        number=number,
        pages=last,
        previous_url=_place(query, number - 1) if number > 1 else "",
        next_url=_place(query, number + 1) if number < last else "",
    )


def _place(query: str, number: int) -> str:
    page = {"page": str(number)}
    return f"?{urlencode({'q': query, **page} if query else page)}"
