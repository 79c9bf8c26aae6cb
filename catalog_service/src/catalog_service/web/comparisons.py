"""What changed between two versions, as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict

from catalog_service.comparing.excerpts import Sides, sides_of
from catalog_service.comparing.pairs import NoVersionError, find_pair
from catalog_service.comparing.versions import compare_versions
from catalog_service.diffing import Level
from catalog_service.documents import DocumentError
from catalog_service.examining import Compared
from catalog_service.models import Api, Version
from shared.limits.limiting import limit_searches
from shared.pages.pager import Pager
from shared.problems import NotFoundError

from .details import VERSIONS_SHOWN, versions_of
from .pagers import read_pager

PAGE_SIZE = 50


@dataclass(frozen=True)
class Group:
    """The changes of one level in one operation; without a name, in the document."""

    name: str
    changes: tuple[Sides, ...]


@dataclass(frozen=True)
class Part:
    """The changes of one level."""

    level: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class ComparisonPage:
    """What the page shows; `refused` says why the two were not compared."""

    old: Version
    new: Version
    choices: tuple[Version, ...]
    compared: Compared | None = None
    parts: tuple[Part, ...] = ()
    pager: Pager | None = None
    refused: str = ""


def compare_on_page(api: Api, request: HttpRequest) -> ComparisonPage:
    """Compare what the address asks for.

    Raises NotFoundError, BadRequestError, TooManyRequestsError.
    """
    query = request.GET
    try:
        old, new = find_pair(api, query.get("from", ""), query.get("to", ""))
    except NoVersionError as error:
        raise NotFoundError(f"{error} There are: {error.accepted}.") from error
    choices = _choices(api, old, new)
    limit_searches(request)  # both documents are read for what stands in them
    try:
        compared = compare_versions(old, new)
        parts, pager = _shown(compared, old, new, query)
    except DocumentError as error:
        return ComparisonPage(old, new, choices, refused=str(error))
    return ComparisonPage(old, new, choices, compared, parts, pager)


def _choices(api: Api, *chosen: Version) -> tuple[Version, ...]:
    """Return the newest versions, and those that were chosen."""
    newest = {version.pk: version for version in versions_of(api)[:VERSIONS_SHOWN]}
    return tuple((newest | {each.pk: each for each in chosen}).values())


def _shown(
    compared: Compared, old: Version, new: Version, query: QueryDict
) -> tuple[tuple[Part, ...], Pager]:
    page, pager = read_pager(query, len(compared.changes), PAGE_SIZE)
    changes = compared.changes[page.start : page.start + page.size]
    return tuple(_parts(sides_of(changes, old, new))), pager


def _parts(found: Sequence[Sides]) -> Iterable[Part]:
    for level in Level:
        groups: dict[str, list[Sides]] = {}
        for sides in found:
            if sides.change["level"] == level:
                groups.setdefault(_place(sides.change), []).append(sides)
        if groups:
            yield Part(
                level, tuple(Group(name, tuple(each)) for name, each in groups.items())
            )


def _place(change: Any) -> str:
    return f"{change['method']} {change['path']}".strip()
