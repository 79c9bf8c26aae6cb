"""The views of /v1: which verb answers which address."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from shared.problems import NotFoundError

from .exchange import answer_without_view
from .places import find_spot, read_address
from .rows import show_rows


def below_v1(request: HttpRequest, **_path: str) -> HttpResponseBase:
    """Answer for a dataset, a table, a row, or a prefix of several datasets.

    The path is not taken from the router, which has it decoded (addresses.py).
    """
    answer = answer_without_view(request)
    if answer is not None:
        return answer
    spot = find_spot(read_address(request))
    if spot is None:
        raise NotFoundError
    return show_rows(request, spot)
