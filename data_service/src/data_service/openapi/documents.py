"""The document of a dataset version, as a dictionary and as text."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import yaml
from django.conf import settings

from data_service.querying.snapshots import Served
from data_service.schemas.tables import Dataset
from shared.links import public_url

from .deviations import EXPLAINED_DEVIATIONS
from .downloads import DOWNLOADS, download_paths
from .operations import table_paths, table_schemas
from .responses import (
    PROBLEM,
    Schema,
    common_responses,
    header_components,
    headers,
    response_components,
)

_TEXTS_KEPT = 64


def describe(dataset: Dataset, base_url: str) -> Schema:
    """Write the OpenAPI 3.0.3 document of a dataset version at `base_url`."""
    paths: Schema = {}
    schemas: Schema = {}
    ids = frozenset(table.id for table in dataset.tables)
    for table in dataset.tables:
        paths |= table_paths(table, ids)
        schemas |= table_schemas(table, ids)
    return {
        "openapi": "3.0.3",
        "info": _info(dataset),
        "externalDocs": {
            "description": "The page of this dataset",
            "url": public_url(f"/datasets/{dataset.id}"),
        },
        "x-explained-deviations": list(EXPLAINED_DEVIATIONS),
        "servers": [{"url": base_url}],
        "tags": [_tag(t.id, t.title) for t in dataset.tables],
        "paths": paths | download_paths() | _document_paths(),
        "components": {
            "schemas": {"Problem": PROBLEM, "Downloads": DOWNLOADS, **schemas},
            "responses": response_components(),
            "headers": header_components(),
        },
    }


@lru_cache(maxsize=_TEXTS_KEPT)
def json_text(served: Served, base_url: str) -> bytes:
    """Give the document as JSON."""
    document = describe(served.dataset, base_url)
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


@lru_cache(maxsize=_TEXTS_KEPT)
def yaml_text(served: Served, base_url: str) -> bytes:
    """Give the same document as YAML, without aliases, which many readers refuse."""
    document = json.loads(json_text(served, base_url))
    text: str = yaml.dump(
        document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100
    )
    return text.encode()


class _Dumper(yaml.CSafeDumper):
    """Writes everything in full."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        """Write shared values out each time."""
        return True


def _info(dataset: Dataset) -> Schema:
    info: Schema = {
        "title": dataset.title or dataset.id,
        "version": dataset.release,
        "description": dataset.description or f"The dataset {dataset.id}.",
        "contact": {
            "name": settings.CONTACT_NAME,
            "url": settings.CONTACT_URL,
            "email": settings.CONTACT_EMAIL,
        },
    }
    if dataset.license:
        info["license"] = {"name": dataset.license}
    return info


def _tag(name: str, title: str) -> Schema:
    return {"name": name, "description": title or name}


def _document_paths() -> Schema:
    """Describe this document itself (NL API Design Rules, publish-openapi)."""
    kinds = {"json": "application/json", "yaml": "application/yaml"}
    return {
        f"/openapi.{kind}": {
            "get": {
                "operationId": f"showOpenapi{kind.capitalize()}",
                "summary": f"This document as {kind.upper()}",
                "description": "The description of this API.",
                "responses": {
                    "200": {
                        "description": "The document.",
                        "headers": headers("API-Version", "ETag"),
                        "content": {media_type: {"schema": {"type": "object"}}},
                    },
                    **common_responses(),
                },
            }
        }
        for kind, media_type in kinds.items()
    }
