"""An API as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalog_service.models import Api, Version

from .texts import markdown, safe_link

OPERATIONS_SHOWN = 300
VERSIONS_SHOWN = 50


@dataclass(frozen=True)
class Group:
    """The operations that share a tag."""

    name: str
    operations: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Details:
    """What the page of an API shows of its current version."""

    facts: dict[str, Any]
    description: SafeString
    links: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]
    operations_left_out: int
    versions: tuple[Version, ...]


def details_of(api: Api) -> Details | None:
    """Gather what the page shows; nothing when no version was ever read."""
    version = api.current
    if version is None:
        return None
    shown = version.operations[:OPERATIONS_SHOWN]
    facts = version.facts
    total = facts["operation_count"] + facts["webhook_count"]
    return Details(
        facts=facts,
        description=markdown(api.description),
        links=tuple(_links(api, facts)),
        groups=tuple(_grouped(shown)),
        operations_left_out=total - len(shown),
        versions=tuple(_versions(api)),
    )


def _versions(api: Api) -> Iterable[Version]:
    found = api.versions.defer("raw", "operations", "facts", "findings")
    return found.order_by("-number")[:VERSIONS_SHOWN]


def _grouped(operations: Iterable[dict[str, Any]]) -> Iterable[Group]:
    """Group by the first tag, in the order in which the tags come."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for operation in operations:
        name = (operation["tags"] or [""])[0]
        if operation["webhook"]:
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
