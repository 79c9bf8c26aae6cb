"""The views of /v1: which verb answers which address."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from psycopg.errors import UndefinedTable

from data_service.querying.addresses import Address
from data_service.querying.snapshots import SnapshotGoneError
from shared.problems import NotFoundError, ProblemError, UnavailableError

from .documents import DOCUMENTS, show_dataset, show_document
from .downloads import DOWNLOADS, show_downloads
from .exchange import answer_without_view
from .index import show_index
from .places import Spot, find_spot, read_address, recent_spot
from .rows import show_rows

_GONE = (SnapshotGoneError, UndefinedTable)


def below_v1(request: HttpRequest, **_path: str) -> HttpResponseBase:
    """Answer for a dataset, a table, a row, or a prefix of several datasets.

    The path is not taken from the router, which has it decoded (addresses.py).
    """
    answer = answer_without_view(request)
    if answer is not None:
        return answer
    address = read_address(request)
    try:
        return _answer(request, address)
    except _GONE:
        # Dropped since the pointer was read, so the pointer has moved since.
        return _answer_again(request, address)


def _answer(request: HttpRequest, address: Address) -> HttpResponseBase:
    """Answer from what was served a moment ago, but refuse by what is served now."""
    recent = recent_spot(address)
    if recent is None:
        return _answer_now(request, address)
    try:
        return _show(request, recent)
    except UnavailableError:
        raise  # no time or no place to answer, whatever is served
    except ProblemError:
        now = find_spot(address)
        if now is not None and now.served == recent.served:
            raise
    return _show_or_list(request, address, now)


def _answer_again(request: HttpRequest, address: Address) -> HttpResponseBase:
    try:
        return _answer_now(request, address)
    except _GONE as error:
        # An export has a connection of its own: to a replica that lags, it may be.
        raise UnavailableError(
            "The rows are being replaced at the moment.", retry_after=1
        ) from error


def _answer_now(request: HttpRequest, address: Address) -> HttpResponseBase:
    return _show_or_list(request, address, find_spot(address))


def _show_or_list(
    request: HttpRequest, address: Address, spot: Spot | None
) -> HttpResponseBase:
    if spot is None:
        return show_index(request, prefix="/".join(address.segments) + "/")
    return _show(request, spot)


def _show(request: HttpRequest, spot: Spot) -> HttpResponseBase:
    try:
        return _show_place(request, spot)
    except ProblemError as error:
        # Every answer of an API tells its version, a refusal too.
        error.headers.setdefault("API-Version", spot.dataset.release)
        raise


def _show_place(request: HttpRequest, spot: Spot) -> HttpResponseBase:
    if not spot.place.table:
        return show_dataset(request, spot)
    if spot.place.table == DOWNLOADS:
        return show_downloads(request, spot)
    if spot.place.table not in DOCUMENTS:
        return show_rows(request, spot)
    if spot.place.key is not None:
        raise NotFoundError
    return show_document(request, spot)
