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
        return _answer_recent(request, address) or _answer(request, address)
    except _GONE:
        # Dropped since the pointer was read, so the pointer has moved since.
        return _answer_again(request, address)


def _answer_recent(request: HttpRequest, address: Address) -> HttpResponseBase | None:
    """Answer from what was served a moment ago; None where that is no answer.

    What is refused or gone is looked for in what is served now.
    """
    spot = recent_spot(address)
    if spot is None:
        return None
    try:
        return _show(request, spot)
    except UnavailableError:
        raise  # not for what is served: there is no time or place to answer
    except (ProblemError, *_GONE):
        return None


def _answer_again(request: HttpRequest, address: Address) -> HttpResponseBase:
    try:
        return _answer(request, address)
    except _GONE as error:
        # An export has a connection of its own: to a replica that lags, it may be.
        raise UnavailableError(
            "The rows are being replaced at the moment.", retry_after=1
        ) from error


def _answer(request: HttpRequest, address: Address) -> HttpResponseBase:
    spot = find_spot(address)
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
