"""All checks of a document, one after the other, each fault with its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain, islice

from catalog_service.documents import Document, Finding
from catalog_service.documents.findings import ERROR, MAX_FINDINGS
from catalog_service.documents.positions import locate
from catalog_service.documents.recognising import version_findings
from catalog_service.documents.references import reference_findings

from .examples import example_findings
from .metaschemas import schema_findings
from .operations import operation_findings


def findings_of(raw: bytes, document: Document) -> tuple[Finding, ...]:
    """List what is wrong or odd, the first 200, with lines and columns."""
    found = chain(
        version_findings(document.content),
        schema_findings(document),
        reference_findings(document.content),
        operation_findings(document),
        example_findings(document),
    )
    unique = {(each.pointer, each.message): each for each in islice(found, 2_000)}
    chosen = tuple(unique.values())[:MAX_FINDINGS]
    places = locate(raw, document.media_type, {each.pointer for each in chosen})
    return tuple(_placed(each, places) for each in chosen)


def is_valid(findings: Iterable[Finding]) -> bool:
    """Tell whether a document with these findings keeps to its specification."""
    return not any(finding.severity == ERROR for finding in findings)


def _placed(finding: Finding, places: dict[str, tuple[int, int]]) -> Finding:
    line, column = places[finding.pointer]
    return replace(finding, line=line, column=column)
