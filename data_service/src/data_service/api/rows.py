"""The rows of a table, and one row of it."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from data_service.crs.systems import NamedCrs
from data_service.formats import Format, formats_of
from data_service.formats.hal import BASE_URL
from data_service.formats.paging import Paging
from data_service.formats.table import crs_of
from data_service.querying import rows
from data_service.querying.compiling import Source
from data_service.querying.geometries.resolving import resolve_geometries
from data_service.querying.parameters import parse_query, parse_row_query
from data_service.querying.queries import Query
from shared.problems import NotFoundError

from .exchange import asked_crs, choose_format, entity_tag, tagged, unchanged
from .exports import export_response
from .places import Rendition, Spot

_SAFE_IN_QUERY = ",:*"  # brackets have no place in a query (RFC 3986 §3.4)


def show_rows(request: HttpRequest, spot: Spot) -> HttpResponseBase:
    """Answer with rows, or with the one row that has the identifier of the address."""
    formats = formats_of(spot.table)
    text = request.META.get("QUERY_STRING", "")
    asked = asked_crs(request)
    query = _read_query(spot, text, [f.name for f in formats], asked)
    format_, media_type = choose_format(request, query.format, formats)
    crs = crs_of(format_, spot.table, asked)
    etag = entity_tag(
        spot.dataset, spot.served.snapshot_id, spot.place, text, media_type, crs, asked
    )
    answer = unchanged(request, etag)
    if answer is None:
        answer = _answer(request, spot, query, Rendition(format_, query.fields, crs))
        for name, value in _description(spot, format_, media_type, crs).items():
            answer.headers[name] = value
    answer.headers["Vary"] = "Accept, Accept-Crs"
    return tagged(request, answer, etag, spot.dataset.release)


def _read_query(
    spot: Spot, text: str, formats: Sequence[str], crs: NamedCrs | None
) -> Query:
    if spot.place.key is None:
        return parse_query(text, spot.table, formats, crs)
    return parse_row_query(text, spot.table, formats)


def _answer(
    request: HttpRequest, spot: Spot, query: Query, rendition: Rendition
) -> HttpResponseBase:
    source, format_ = spot.source(rendition), rendition.placed_format
    if spot.place.key is not None:
        return _one_row(spot, source, format_)
    query = resolve_geometries(query, source.physical)
    if format_.copy is not None and query.is_whole:
        return export_response(request, source, query, format_.copy)
    return _page(spot, source, query, format_)


def _one_row(spot: Spot, source: Source, format_: Format) -> HttpResponse:
    key = rows.parse_key(source, spot.place.key or "")
    body = None if key is None else _row_body(spot, source, format_, key)
    if body is None:
        raise NotFoundError(f"{source.table.id} has no row with this identifier.")
    return HttpResponse(body)


def _row_body(spot: Spot, source: Source, format_: Format, key: str) -> bytes | None:
    if format_.page_body is None:
        found = rows.find_one(source, key)
        return _copied(source, format_, found) if found.ordinals else None
    text = rows.row_text(source, key)
    return text and _with_base(text, spot)


def _page(spot: Spot, source: Source, query: Query, format_: Format) -> HttpResponse:
    found = rows.find(source, query)
    if not found.ordinals and query.page > 1:
        raise NotFoundError(f"There is no page {query.page}.")
    total = rows.count(source, query) if query.count else None
    paging = _paging(spot, query, has_next=found.has_next, total=total)
    return HttpResponse(
        _page_body(spot, source, format_, found, paging), headers=_page_headers(paging)
    )


def _page_body(
    spot: Spot, source: Source, format_: Format, found: rows.Found, paging: Paging
) -> bytes:
    if format_.page_body is None:
        return _copied(source, format_, found)
    text = _with_base(rows.page_text(source, found), spot)
    return format_.page_body(text, source.table, paging)


def _copied(source: Source, format_: Format, found: rows.Found) -> bytes:
    if format_.copy is None:
        raise TypeError(format_.name)
    lines = rows.page_lines(source, found, options=format_.copy.options)
    return format_.copy.whole(source.fields, lines)


def _with_base(text: bytes, spot: Spot) -> bytes:
    return text.replace(BASE_URL, spot.base_url.encode())


def _paging(spot: Spot, query: Query, *, has_next: bool, total: int | None) -> Paging:
    url = f"{spot.base_url}/{spot.place.table}"
    # The other parameters stay, in the order that they came in.
    others = _encoded([pair for pair in query.pairs if pair[0] != "page"])
    turned = f"{url}?{others}&page=" if others else f"{url}?page="
    itself = f"{url}?{_encoded(query.pairs)}" if query.pairs else url
    return Paging(
        number=query.page,
        size=query.size,
        self_url=itself,
        next_url=f"{turned}{query.page + 1}" if has_next else "",
        previous_url=f"{turned}{query.page - 1}" if query.page > 1 else "",
        total=total,
    )


def _encoded(pairs: Sequence[tuple[str, str]]) -> str:
    return urlencode(pairs, safe=_SAFE_IN_QUERY, quote_via=quote)


def _page_headers(paging: Paging) -> dict[str, str]:
    headers = {
        "X-Pagination-Page": str(paging.number),
        "X-Pagination-Limit": str(paging.size),
    }
    if paging.total is not None:
        headers["X-Pagination-Count"] = str(paging.pages)
        headers["X-Total-Count"] = str(paging.total)
    relations = {"next": paging.next_url, "prev": paging.previous_url}
    links = [f'<{url}>; rel="{name}"' for name, url in relations.items() if url]
    if links:
        headers["Link"] = ", ".join(links)
    return headers


def _description(
    spot: Spot, format_: Format, media_type: str, crs: NamedCrs | None
) -> dict[str, str]:
    headers = {"Content-Type": media_type} | ({"Content-Crs": crs.name} if crs else {})
    if format_.is_file:
        headers["Content-Type"] = f"{media_type}; charset=utf-8"
        name = f"{spot.dataset.id}-{spot.place.table}.{format_.name}"
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return headers
