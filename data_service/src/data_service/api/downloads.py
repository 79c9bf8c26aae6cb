"""The files of a dataset: the list of them, and each of them, whole or a range of it.

They stand at /v1/<dataset>/_downloads; the id of a table never begins with `_`.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from data_service.downloading.kinds import KINDS, Kind, kinds_of
from data_service.querying.downloads import PART_BYTES, File, fetch_part, files_of
from data_service.querying.parameters import refuse_parameters
from data_service.schemas.tables import Table
from shared.conditional import not_modified
from shared.problems import NotFoundError

from .exchange import choose_type, entity_tag, tagged, unchanged
from .places import Spot
from .ranges import wanted_range
from .slots import Slot

DOWNLOADS = "_downloads"
_JSON = "application/json"
_RETRY_AFTER = 60
_PIECE = 65_536
_KINDS = {kind.name: kind for kind in KINDS}
Files = dict[tuple[str, str], File]


class FileGoneError(Exception):
    """The file was removed while it was being sent."""


def show_downloads(request: HttpRequest, spot: Spot) -> HttpResponseBase:
    """Answer with the list of files, or with the file that the address names."""
    refuse_parameters(request.META.get("QUERY_STRING", ""))
    files = files_of(spot.served.snapshot_id)
    if spot.place.key is not None:
        return _show_file(request, spot, files)
    media_type = choose_type(request, (_JSON,))
    listed = {"downloads": _entries(spot, files)}
    text = json.dumps(listed, ensure_ascii=False, separators=(",", ":"))
    etag = entity_tag(spot.dataset, text)
    answer = unchanged(request, etag) or HttpResponse(text, content_type=media_type)
    return tagged(request, answer, etag, spot.dataset.release)


def _entries(spot: Spot, files: Files) -> list[dict[str, Any]]:
    return [
        _entry(spot, table, kind, files.get((table.id, kind.name)))
        for table in spot.dataset.tables
        for kind in kinds_of(table)
        # Nothing waits for what is not going to be made.
        if settings.MAKE_DOWNLOADS or (table.id, kind.name) in files
    ]


def _entry(spot: Spot, table: Table, kind: Kind, file: File | None) -> dict[str, Any]:
    name = quote(f"{table.id}.{kind.name}")
    entry = {
        "table": table.id,
        "format": kind.name,
        "title": kind.title,
        "note": kind.note,
        "mediaType": kind.media_type,
        "href": f"{spot.base_url}/{DOWNLOADS}/{name}",
        "state": "waiting",
    }
    if file is None:
        return entry
    if file.problem:
        return entry | {"state": "impossible", "reason": file.problem}
    made = {"size": file.size, "sha256": file.sha256, "madeAt": file.made_at}
    return entry | {"state": "ready", **made}


def _show_file(request: HttpRequest, spot: Spot, files: Files) -> HttpResponseBase:
    kind, file = _find(spot, files)
    choose_type(request, (kind.media_type, "application/octet-stream"))
    etag = f'"{file.sha256}"'
    headers = {
        "ETag": etag,
        "API-Version": spot.dataset.release,
        "Vary": "Accept",
        "Cache-Control": "public, no-cache",
    }
    if not_modified(request, etag):
        return HttpResponse(status=304, headers=headers)
    wanted = wanted_range(request, file.size, etag)
    headers |= _description(spot, kind, file, wanted)
    status = 200 if wanted is None else 206
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    stretch = range(file.size) if wanted is None else wanted
    chunks = _Chunks(file, stretch, Slot(request))
    return StreamingHttpResponse(chunks, status=status, headers=headers)


def _find(spot: Spot, files: Files) -> tuple[Kind, File]:
    table_id, _, name = (spot.place.key or "").rpartition(".")
    table, kind = spot.dataset.table(table_id), _KINDS.get(name)
    if table is None or kind not in kinds_of(table):
        raise NotFoundError(
            f"There is no such file; {DOWNLOADS} lists those there are."
        )
    file = files.get((table_id, name))
    if file is None and not settings.MAKE_DOWNLOADS:
        raise NotFoundError("No such files are made here.")
    if file is None:
        error = NotFoundError("This file is still to be made; ask again later.")
        error.headers["Retry-After"] = str(_RETRY_AFTER)
        raise error
    if file.problem:
        raise NotFoundError(f"There is no such file: {file.problem}.")
    return kind, file


def _description(
    spot: Spot, kind: Kind, file: File, wanted: range | None
) -> dict[str, str]:
    name = f"{spot.dataset.id}-{file.table}.{kind.name}"
    headers = {
        "Content-Type": kind.media_type,
        "Content-Length": str(file.size if wanted is None else len(wanted)),
        "Content-Disposition": f'attachment; filename="{name}"',
        "Accept-Ranges": "bytes",
    }
    if wanted is not None:
        last = wanted.stop - 1
        headers["Content-Range"] = f"bytes {wanted.start}-{last}/{file.size}"
    return headers


class _Chunks:
    """The bytes of a stretch of a file, in a place for long answers."""

    def __init__(self, file: File, stretch: range, slot: Slot) -> None:
        self._slot = slot
        self._chunks = _read(file, stretch)

    def __iter__(self) -> Iterator[bytes]:
        return self._chunks

    def close(self) -> None:
        """Give the place back. The length was told, so that a part shows as one."""
        self._chunks.close()
        self._slot.give_back()


def _read(file: File, stretch: range) -> Generator[bytes, None, None]:
    place = stretch.start
    while place < stretch.stop:
        number, start = divmod(place, PART_BYTES)
        part = fetch_part(file.id, number)
        if part is None:
            raise FileGoneError(file.id)
        end = min(start + stretch.stop - place, len(part))
        for piece in range(start, end, _PIECE):
            yield part[piece : min(piece + _PIECE, end)]
        place += end - start
