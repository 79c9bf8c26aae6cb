"""What a document says of its API, in the words of the catalogue."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from .lifecycle import Lifecycle, lifecycle_of
from .operations import Operation, operations_of
from .parsing import Document
from .security import authentication_of
from .servers import Server, servers_of
from .texts import list_of, object_of, text_of

UNTITLED = "Untitled API"
MAX_OPERATIONS = 5_000
_MAX_TITLE = 300
_MAX_DESCRIPTION = 100_000
_MAX_TAGS = 500


@dataclass(frozen=True)
class Contact:
    """Who answers for the API."""

    name: str
    email: str
    url: str


@dataclass(frozen=True)
class Licence:
    """Under what terms the API may be used."""

    name: str
    url: str
    identifier: str


@dataclass(frozen=True)
class Tag:
    """A group of operations."""

    name: str
    description: str


@dataclass(frozen=True)
class Facts:
    """The facts of an API; texts are as in the document, and not to be trusted."""

    title: str
    description: str
    version: str
    specification: str
    terms_of_service: str
    contact: Contact
    licence: Licence
    servers: tuple[Server, ...]
    tags: tuple[Tag, ...]
    path_count: int
    operation_count: int
    webhook_count: int
    schema_count: int
    family: str = ""
    authentication: tuple[str, ...] = ()
    lifecycle: Lifecycle = field(default_factory=Lifecycle)


def facts_of(document: Document, base_url: str) -> Facts:
    """Gather the facts; `base_url` is where the document came from."""
    content = document.content
    stated = object_of(content.get("info"))
    operations = tuple(operations_of(document))
    kinds = Counter(operation.webhook for operation in operations)
    return Facts(
        title=text_of(stated.get("title"), at_most=_MAX_TITLE).strip() or UNTITLED,
        description=text_of(stated.get("description"), at_most=_MAX_DESCRIPTION),
        version=text_of(stated.get("version"), at_most=200),
        specification=document.specification.name,
        terms_of_service=text_of(stated.get("termsOfService")),
        contact=_contact(object_of(stated.get("contact"))),
        licence=_licence(object_of(stated.get("license"))),
        servers=servers_of(document, base_url),
        tags=_tags(content),
        path_count=len(object_of(content.get("paths"))),
        operation_count=kinds[False],
        webhook_count=kinds[True],
        schema_count=len(_schemas(document)),
        family=document.specification.family,
        authentication=authentication_of(document),
        lifecycle=lifecycle_of(document, operations),
    )


def first_operations(document: Document) -> tuple[Operation, ...]:
    """List the operations, as many as a page can show."""
    return tuple(islice(operations_of(document), MAX_OPERATIONS))


def _contact(stated: dict[str, Any]) -> Contact:
    return Contact(*(text_of(stated.get(key)) for key in ("name", "email", "url")))


def _licence(stated: dict[str, Any]) -> Licence:
    return Licence(*(text_of(stated.get(key)) for key in ("name", "url", "identifier")))


def _tags(content: dict[str, Any]) -> tuple[Tag, ...]:
    tags = (object_of(tag) for tag in list_of(content.get("tags"))[:_MAX_TAGS])
    return tuple(
        Tag(text_of(tag["name"], at_most=200), text_of(tag.get("description")))
        for tag in tags
        if isinstance(tag.get("name"), str)
    )


def _schemas(document: Document) -> dict[str, Any]:
    if document.specification.is_swagger:
        return object_of(document.content.get("definitions"))
    return object_of(object_of(document.content.get("components")).get("schemas"))
