"""Sending a file: it becomes a table, or changes the rows of one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from data_service.importing.asking import HTTP, asked_by
from data_service.importing.clashes import check_names
from data_service.importing.errors import NameClashError, TooLargeError
from data_service.importing.readers.kinds import FORMATS, KINDS, format_of
from data_service.importing.sending import PART_BYTES, Sending, take_in
from data_service.models import Import
from shared.links import public_url
from shared.problems import (
    BadRequestError,
    ConflictError,
    Fault,
    UnsupportedMediaTypeError,
)
from shared.problems import TooLargeError as TooLargeProblem
from shared.rest import HasScope
from shared.tokens.access import authenticate

from .datasets import SCOPE
from .parameters import ID_SCHEMA, id_faults, read_options
from .serializers import ImportSerializer

# PostgreSQL has no NUL in text.
_TEXT = {"type": "string", "pattern": r"^[^\u0000]*$", "maxLength": 1000}
_FLAG = {"type": "boolean", "default": False}
_MODES = ("replace", "append", "upsert")
_CONDITION = {**_TEXT, "pattern": r"^[A-Za-z0-9]+=[^\u0000]*$"}
_OPTIONS: dict[str, tuple[dict[str, Any], str]] = {
    "format": (
        {"type": "string", "enum": list(FORMATS)},
        "What the file is; without it, Content-Type says so.",
    ),
    "sheet": (_TEXT, "Of a workbook; without it, the first one."),
    "layer": (_TEXT, "Of a GeoPackage, or a file in an archive."),
    "crs": (
        {"type": "string", "pattern": r"^EPSG:\d{4,6}$"},
        "Of geometries, where the file does not tell.",
    ),
    "schema": (
        {**_TEXT, "pattern": r"^https?://[^\u0000]+$", "format": "uri"},
        "Address of an Amsterdam Schema of the table, which every cell must fit.",
    ),
    "key": (_TEXT, "The column that identifies the rows."),
    "mode": (
        {"type": "string", "enum": list(_MODES), "default": "replace"},
        "What becomes of the rows that are served now.",
    ),
    "deleteWhere": (
        {"type": "array", "items": _CONDITION, "maxItems": 20},
        (
            "FIELD=VALUE: served rows for which all of these are true go first. "
            "With an empty body nothing else happens."
        ),
    ),
    "mendGeometry": (_FLAG, "Mend geometries that are not valid, not refuse them."),
    "breaking": (_FLAG, "Publish a change that breaks clients as a new version."),
    "dryRun": (_FLAG, "Do all but serve it."),
    "title": (_TEXT, "Of the dataset."),
    "description": (_TEXT, "What the dataset is about."),
    "license": (_TEXT, "Such as CC0-1.0."),
}
_MEDIA_TYPES = [name for kind in KINDS for name in kind.media_types]
_UNKNOWN = "application/octet-stream"


class TableFile(GenericAPIView[Import]):
    """The file that a table is made of."""

    serializer_class = ImportSerializer
    permission_classes = [HasScope(SCOPE)]

    @extend_schema(
        operation_id="putTable",
        summary="Publish a file as a table",
        parameters=[
            OpenApiParameter("id", ID_SCHEMA, OpenApiParameter.PATH),
            OpenApiParameter("table", ID_SCHEMA, OpenApiParameter.PATH),
            *(
                OpenApiParameter(name, schema, description=text)
                for name, (schema, text) in _OPTIONS.items()
            ),
        ],
        request=dict.fromkeys((*_MEDIA_TYPES, _UNKNOWN), OpenApiTypes.BINARY),
        responses={
            202: OpenApiResponse(
                ImportSerializer, "It will be imported; Location tells how that goes."
            )
        },
    )
    def put(self, request: Request, pk: str, table: str) -> Response:
        """Take in a file, as a job: the import at Location tells how it goes.

        What is served changes when the job is done, and only if the file is right.
        """
        options = read_options(
            request,
            {n: s for n, (s, _) in _OPTIONS.items()},
            others=id_faults({"id": pk, "table": table}, "path"),
        )
        _check_names(pk, table)
        options["format"] = _format(request, options)
        sending = Sending(
            dataset=pk,
            table=table,
            source=f"{table}.{options['format']}",
            options=options,
            most_bytes=settings.MAX_FILE_BYTES,
            by=str(authenticate(request._request)),
        )
        try:
            record = take_in(sending, _blocks(request._request))
        except TooLargeError as error:
            raise TooLargeProblem(str(error)) from error
        place = public_url(f"/control/v1/imports/{record.pk}")
        body = ImportSerializer(record).data
        return Response(body, status=202, headers={"Location": place})


@asked_by(HTTP)
def _check_names(dataset: str, table: str) -> None:
    try:
        check_names(dataset, table, dataset)
    except NameClashError as error:
        raise ConflictError(str(error)) from error


def _format(request: Request, options: dict[str, Any]) -> str:
    if "format" in options:
        return str(options["format"])
    headers = request._request.META
    if "deleteWhere" in options and not int(headers.get("CONTENT_LENGTH") or 0):
        return FORMATS[0]  # there is no file
    found = format_of(headers.get("CONTENT_TYPE", ""))
    if not found:
        raise UnsupportedMediaTypeError(
            f"Say what the file is: with ?format= ({', '.join(FORMATS)}), or with "
            f"Content-Type ({', '.join(_MEDIA_TYPES)})."
        )
    return found


def _blocks(request: HttpRequest) -> Iterator[bytes]:
    """Read the body part by part; one that ends too soon is a fault."""
    left = int(request.META.get("CONTENT_LENGTH") or 0)
    while left > 0:
        try:
            block = request.read(min(PART_BYTES, left))
        except OSError:
            block = b""
        if not block:
            fault = Fault("body", "ends before its Content-Length", "body")
            raise BadRequestError(faults=[fault])
        left -= len(block)
        yield block
