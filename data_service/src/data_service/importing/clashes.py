"""Names that would clash with another URL of the service are refused (ADR 0004).

The longest dataset path goes first, then a version, then a table: so no dataset may
lie where a table or a version of another one does.
"""

from __future__ import annotations

import re

from django.db.models import Q

from data_service.models import Dataset, SnapshotTable
from data_service.schemas.parsing import ACCEPTED_ID, is_id

from .asking import option
from .errors import NameClashError
from .faults import cut

_VERSION = re.compile(r"v\d+")


def check_names(dataset: str, table: str, path: str) -> None:
    """Refuse ids and a path that would make a URL mean two things.

    `path` is where the dataset will be, if it is nowhere yet.

    Raises:
        NameClashError: With the name, and what to do.
    """
    for kind, name in (("dataset", dataset), ("table", table)):
        if not is_id(name):
            raise NameClashError(
                f"'{cut(name)}' is no id; give {option(kind)}: {ACCEPTED_ID}"
            )
        if _VERSION.fullmatch(name):
            raise NameClashError(
                f"'{name}' means a version in a URL; give {option(kind)}"
            )
    _check_path(dataset, table, path)


def _check_path(dataset: str, table: str, path: str) -> None:
    others = Dataset.objects.exclude(pk=dataset)
    # A dataset stays where it is.
    own = Dataset.objects.filter(pk=dataset).values_list("path", flat=True).first()
    path = own or path
    place = f"{path}/{table}"
    taken = others.filter(Q(path__in=(path, place)) | Q(path__startswith=f"{place}/"))
    if found := taken.values_list("path", flat=True).first():
        raise NameClashError(f"another dataset has the path /v1/{found}")
    segments = path.split("/")
    for n in range(1, len(segments)):
        lies_there = SnapshotTable.objects.filter(
            snapshot__version__dataset__path="/".join(segments[:n]), table=segments[n]
        )
        if lies_there.exists():
            found = "/".join(segments[: n + 1])
            raise NameClashError(f"/v1/{found} is a table of another dataset")
