"""An API as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalog_service.documents.findings import ERROR
from catalog_service.models import Api, Operation, Version
from shared.pages.pager import Pager

from .pagers import read_pager
from .texts import markdown, safe_link

OPERATIONS_SHOWN = 100
VERSIONS_SHOWN = 50
FINDINGS_SHOWN = 20


@dataclass(frozen=True)
class Group:
    """The operations that share a tag."""

    name: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True)
class Details:
    """What the page of an API shows of its current version."""

    facts: dict[str, Any]
    description: SafeString
    links: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]
    pager: Pager
    errors: tuple[dict[str, Any], ...]
    warnings: tuple[dict[str, Any], ...]
    error_count: int
    versions: tuple[Version, ...]


def details_of(api: Api, query: QueryDict) -> Details | None:
    """Gather what the page shows; nothing when no version was ever read.

    Of many operations, a page is shown. Raises BadRequestError, NotFoundError.
    """
    version = api.current
    if version is None:
        return None
    operations = api.operations.defer("headline", "words").order_by("position")
    page, pager = read_pager(query, operations.count(), OPERATIONS_SHOWN)
    shown = operations[page.start : page.start + page.size]
    errors = [each for each in version.findings if _severity(each) == ERROR]
    warnings = [each for each in version.findings if _severity(each) != ERROR]
    return Details(
        facts=version.facts,
        description=markdown(api.description),
        links=tuple(_links(api, version.facts)),
        groups=tuple(_grouped(shown)),
        pager=pager,
        errors=tuple(errors[:FINDINGS_SHOWN]),
        warnings=tuple(warnings[:FINDINGS_SHOWN]),
        error_count=len(errors),
        versions=tuple(versions_of(api)[:VERSIONS_SHOWN]),
    )


def versions_of(api: Api) -> QuerySet[Version]:
    """Return the versions of an API, newest first, with how many breaks each made."""
    found = api.versions.defer("raw", "facts", "findings").order_by("-number")
    return found.annotate(breaking=F("comparison__breaking"))


def _severity(finding: dict[str, Any]) -> str:
    return str(finding.get("severity", ERROR))


def _grouped(operations: Iterable[Operation]) -> Iterable[Group]:
    """Group by the first tag, in the order in which the tags come."""
    groups: dict[str, list[Operation]] = {}
    for operation in operations:
        name = (operation.tags or [""])[0]
        if operation.webhook:
            name = _("Webhooks")
        groups.setdefault(name, []).append(operation)
    return (Group(name, tuple(found)) for name, found in groups.items())


def _links(api: Api, facts: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """Yield the links that a document offers and that are safe to show."""
    offered = (
        (_("Documentation"), api.documentation_url),
        (_("Terms of service"), facts["terms_of_service"]),
        (_("Where the document is"), api.document_url),
    )
    return ((label, url) for label, url in offered if safe_link(url))
