"""The operations of a document: what can be asked of the API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .parsing import Document
from .pointers import resolve
from .texts import list_of, object_of, text_of

METHODS = (
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
)  # fmt: skip


@dataclass(frozen=True)
class Operation:
    """One method on one path; `webhook` when the API calls the client instead."""

    method: str
    path: str
    summary: str
    operation_id: str
    tags: tuple[str, ...]
    deprecated: bool
    webhook: bool = False


def operations_of(document: Document) -> Iterator[Operation]:
    """Yield the operations, in the order of the document; webhooks last."""
    content = document.content
    for path, item in object_of(content.get("paths")).items():
        yield from _of_item(content, path, item)
    for name, item in object_of(content.get("webhooks")).items():
        yield from _of_item(content, name, item, webhook=True)


def _of_item(
    content: dict[str, Any], path: str, item: Any, *, webhook: bool = False
) -> Iterator[Operation]:
    if path.startswith("x-"):
        return
    described = object_of(resolve(content, item))
    more = object_of(described.get("additionalOperations"))
    methods = {name: described[name] for name in METHODS if name in described}
    for method, operation in {**methods, **more}.items():
        if isinstance(operation, dict):
            yield _operation(method, path, operation, webhook=webhook)


def _operation(
    method: str, path: str, operation: dict[str, Any], *, webhook: bool
) -> Operation:
    return Operation(
        method=method.upper()[:40],
        path=path[:2000],
        summary=text_of(operation.get("summary"), at_most=500),
        operation_id=text_of(operation.get("operationId"), at_most=500),
        tags=tuple(text_of(tag, at_most=200) for tag in list_of(operation.get("tags"))),
        deprecated=operation.get("deprecated") is True,
        webhook=webhook,
    )
