"""The rows of a table, and one row of it."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from psycopg.errors import QueryCanceled

from data_service.crs.systems import NamedCrs
from data_service.formats import Format, formats_of
from data_service.formats.hal import BASE_URL
from data_service.formats.paging import Paging
from data_service.formats.table import copied_as, crs_of
from data_service.querying import rows
from data_service.querying.compiling import Source
from data_service.querying.finding import Found
from data_service.querying.geometries.resolving import resolve_geometries
from data_service.querying.header_filters import header_names, read_header_filters
from data_service.querying.hints import hint
from data_service.querying.keysets import CursorGoneError, cursor_after, cursor_before
from data_service.querying.parameters import Pairs, parse_query, parse_row_query
from data_service.querying.queries import ESTIMATE, Query
from shared.problems import GoneError, NotFoundError, UnavailableError

from .answers import question_of, recall, remember
from .exchange import asked_crs, choose_format, entity_tag, tagged, unchanged
from .exports import export_response
from .places import Rendition, Spot

_PLACES = frozenset({"page", "_cursor"})
_SAFE_IN_QUERY = ",:*"  # brackets have no place in a query (RFC 3986 §3.4)


def show_rows(request: HttpRequest, spot: Spot) -> HttpResponseBase:
    """Answer with rows, or with the one row that has the identifier of the address."""
    question = question_of(request, spot)
    answer: HttpResponseBase | None = recall(question)
    if answer is None:
        answer = _show(request, spot)
        remember(question, answer)
    return answer


def _show(request: HttpRequest, spot: Spot) -> HttpResponseBase:
    formats = formats_of(spot.table)
    text = request.META.get("QUERY_STRING", "")
    asked, filters = asked_crs(request), read_header_filters(request.META, spot.table)
    query = _read_query(spot, text, [f.name for f in formats], filters, asked)
    format_, media_type = choose_format(request, query.format, formats)
    crs = crs_of(format_, spot.table, asked)
    etag = entity_tag(
        spot.dataset,
        spot.served.snapshot_id,
        spot.place,
        text,
        media_type,
        crs,
        asked,
        filters,
    )
    if query.count == ESTIMATE:
        # It may be another one tomorrow, of the same rows.
        etag = f"W/{etag}"
    answer = unchanged(request, etag)
    if answer is None:
        answer = _answer(request, spot, query, Rendition(format_, query.fields, crs))
        described = _description(format_, media_type, crs)
        described |= _disposition(spot, query, format_)
        for name, value in described.items():
            answer.headers[name] = value
    vary = ("Accept-Crs", *(header_names(request.META) if filters else ()))
    answer = tagged(request, answer, etag, spot.dataset.release, vary=vary)
    if filters:
        # What is asked for in headers is not for others to find in a cache.
        answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _read_query(
    spot: Spot,
    text: str,
    formats: Sequence[str],
    filters: Pairs,
    crs: NamedCrs | None,
) -> Query:
    if spot.place.key is None:
        return parse_query(text, spot.table, formats, filters, crs=crs)
    return parse_row_query(text, spot.table, formats, filters)


def _answer(
    request: HttpRequest, spot: Spot, query: Query, rendition: Rendition
) -> HttpResponseBase:
    source = spot.source(rendition)
    format_ = copied_as(
        rendition.placed_format, names=query.csv_header, separator=query.csv_separator
    )
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
    found, count = _find(source, query)
    if not found.ordinals and query.page > 1:
        raise NotFoundError(f"There is no page {query.page}.")
    paging = _paging(spot, source, query, found, count)
    return HttpResponse(
        _page_body(spot, source, format_, found, paging), headers=_page_headers(paging)
    )


def _page_body(
    spot: Spot, source: Source, format_: Format, found: Found, paging: Paging
) -> bytes:
    if format_.page_body is None:
        return _copied(source, format_, found)
    text = _with_base(rows.page_text(source, found), spot)
    return format_.page_body(text, source.table, paging)


def _copied(source: Source, format_: Format, found: Found) -> bytes:
    if format_.copy is None:
        raise TypeError(format_.name)
    lines = rows.page_lines(source, found, options=format_.copy.options)
    return format_.copy.whole(source.fields, lines)


def _with_base(text: bytes, spot: Spot) -> bytes:
    return text.replace(BASE_URL, spot.base_url.encode())


def _find(source: Source, query: Query) -> tuple[Found, rows.Count]:
    """Find the rows of a page and, if asked for, how many there are on all."""
    try:
        found = rows.find(source, query)
        return found, rows.count(source, query, found)
    except QueryCanceled as error:
        seconds = settings.STATEMENT_TIMEOUT_MS / 1000
        detail = f"Not answered within {seconds:g} seconds. {hint(query)}"
        raise UnavailableError(detail) from error
    except CursorGoneError as error:
        raise GoneError("There are newer rows; begin with the first page.") from error


def _paging(
    spot: Spot, source: Source, query: Query, found: Found, count: rows.Count
) -> Paging:
    url = f"{spot.base_url}/{spot.place.table}"
    # The other parameters stay, in the order that they came in.
    encoded = [(name, _encoded(name, text)) for name, text in query.pairs]
    others = "".join(f"{pair}&" for name, pair in encoded if name not in _PLACES)
    itself = f"{url}?{'&'.join(pair for _, pair in encoded)}" if encoded else url
    following = previous = ""
    if found.has_next:
        to = _link(cursor_after(source, query, found), query.page + 1)
        following = f"{url}?{others}{to}"
    if query.page > 1:
        to = _link(cursor_before(source, query, found), query.page - 1)
        previous = f"{url}?{others}{to}"
    return Paging(
        query.page,
        query.size,
        itself,
        following,
        previous,
        total=count.total,
        estimate=count.estimate,
    )


def _link(cursor: str, page: int) -> str:
    return f"_cursor={cursor}" if cursor else f"page={page}"


def _encoded(name: str, text: str) -> str:
    return f"{quote(name, _SAFE_IN_QUERY)}={quote(text, _SAFE_IN_QUERY)}"


def _page_headers(paging: Paging) -> dict[str, str]:
    headers = {
        "X-Pagination-Page": str(paging.number),
        "X-Pagination-Limit": str(paging.size),
    }
    if paging.total is not None:
        headers["X-Pagination-Count"] = str(paging.pages)
        headers["X-Total-Count"] = str(paging.total)
    if paging.estimate is not None:
        headers["X-Estimated-Count"] = str(paging.estimate)
    relations = {"next": paging.next_url, "prev": paging.previous_url}
    links = [f'<{url}>; rel="{name}"' for name, url in relations.items() if url]
    if links:
        headers["Link"] = ", ".join(links)
    return headers


def _description(
    format_: Format, media_type: str, crs: NamedCrs | None
) -> dict[str, str]:
    headers = {"Content-Type": media_type} | ({"Content-Crs": crs.name} if crs else {})
    if format_.is_file and media_type.startswith("text/"):
        headers["Content-Type"] = f"{media_type}; charset=utf-8"
    return headers


def _disposition(spot: Spot, query: Query, format_: Format) -> dict[str, str]:
    """Have a browser keep what is a file, as an export of any format is."""
    is_export = spot.place.key is None and format_.copy and query.is_whole
    if not (format_.is_file or is_export):
        return {}
    name = f"{spot.dataset.id}-{spot.place.table}.{format_.name}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}
