"""What a reader can be asked; each task takes documents and gives JSON and bytes.

A new task is a row of the table: nothing else knows their names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from catalog_service.documents import (
    JSON,
    YAML,
    Document,
    Operation,
    content_hash,
    facts_of,
    first_operations,
    read_document,
    read_value,
    to_json,
    to_yaml,
    with_absolute_servers,
)
from catalog_service.documents.fields import Names
from catalog_service.documents.wording import gather
from catalog_service.validating import findings_of, is_valid

from .comparing import compare_documents, excerpts
from .reports import lint_document

Answer = tuple[Any, bytes]
# PostgreSQL takes at most a megabyte of words for one row.
_MOST_WORDS = 200_000
_MOST_OPERATION_WORDS = 8_000
_WRITERS = {JSON: to_json, YAML: to_yaml}


def examine(raw: bytes, *, base_url: str) -> Answer:
    """Read a document; tell its facts, faults, operations and words."""
    document = read_document(raw)
    findings = findings_of(raw, document)
    facts = facts_of(document, base_url)
    operations = first_operations(document)
    names = Names(document)
    told = {
        "media_type": document.media_type,
        "specification": facts.specification,
        "label": facts.version,
        "content_hash": content_hash(document.content),
        "facts": asdict(facts),
        "findings": [asdict(finding) for finding in findings],
        "is_valid": is_valid(findings),
        "operations": [_operation(each, names) for each in operations],
        "tags": _tags(document, operations),
        "words": _words(operations, names),
    }
    return told, b""


def read_any(raw: bytes) -> Answer:
    """Read any JSON or YAML, such as a list of APIs."""
    return read_value(raw)[0], b""


def convert(raw: bytes, *, media_type: str) -> Answer:
    """Write a document in the other form."""
    return None, _WRITERS[media_type](read_document(raw).content)


def with_servers(raw: bytes, *, base_url: str) -> Answer:
    """Write a document as JSON, its servers leading to the API from everywhere."""
    document = read_document(raw)
    return None, to_json(with_absolute_servers(document, base_url))


TASKS: dict[str, Callable[..., Answer]] = {
    "examine": examine,
    "read_any": read_any,
    "convert": convert,
    "with_servers": with_servers,
    "compare": compare_documents,
    "excerpts": excerpts,
    "lint": lint_document,
}


def _operation(operation: Operation, names: Names) -> dict[str, Any]:
    fields = names.of_operation(
        operation.path, operation.method, webhook=operation.webhook
    )
    words = gather(fields, at_most=_MOST_OPERATION_WORDS)
    return {**asdict(operation), "words": words}


def _tags(document: Document, operations: tuple[Operation, ...]) -> list[str]:
    described = facts_of(document, "").tags
    found = dict.fromkeys(tag.name for tag in described)
    found.update(dict.fromkeys(tag for each in operations for tag in each.tags))
    return [name for name in found if name.strip()][:200]


def _words(operations: tuple[Operation, ...], names: Names) -> str:
    return gather(_texts(operations, names), at_most=_MOST_WORDS)


def _texts(operations: tuple[Operation, ...], names: Names) -> Iterator[str]:
    """Yield what an API is found by, beside title and description."""
    for operation in operations:
        yield operation.summary
        yield operation.path
        yield operation.operation_id
    yield from names.all_fields()
    for operation in operations:
        yield from names.of_operation(
            operation.path, operation.method, webhook=operation.webhook
        )
