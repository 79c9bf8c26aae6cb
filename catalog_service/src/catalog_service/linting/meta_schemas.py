"""The official schemas of OpenAPI documents, as openapi-spec-validator carries them.

Only the schemas are taken: its own validation follows references out of a document.
A document is never more than the instance here, so that nothing in it is followed.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, NoReturn

import jsonschema_rs

from .deciding import with_choices_decided

_DRAFT_4 = "http://json-schema.org/draft-04/schema"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


@cache
def meta_schema(family: str) -> jsonschema_rs.Validator:
    """Return the validator of documents of a family: 2.0, 3.0, 3.1 or 3.2."""
    schema = _carried(
        "openapi-spec-validator",
        f"openapi_spec_validator/resources/schemas/v{family}/schema.json",
    )
    if "$id" in schema:
        return _validator(_with_dialect(schema), (schema["$id"], schema))
    # The one of 2.0 refers to parts of the meta-schema of draft 4.
    draft_4 = _carried(
        "jsonschema-specifications",
        "jsonschema_specifications/schemas/draft4/metaschema.json",
    )
    return _validator(with_choices_decided(schema), (_DRAFT_4, draft_4))


def _with_dialect(schema: dict[str, Any]) -> dict[str, Any]:
    """Have schemas within the document checked too (OpenAPI 3.1 §4.8.24.2).

    The official schema leaves open what a schema is, at its dynamic anchor `meta`.
    """
    return {
        "$schema": _DIALECT,
        "$id": "urn:kade:openapi-with-dialect",
        "$ref": schema["$id"],
        "$defs": {"schema": {"$dynamicAnchor": "meta", "$ref": _DIALECT}},
    }


def _validator(
    schema: dict[str, Any], resource: tuple[str, dict[str, Any]]
) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(
        schema,
        registry=jsonschema_rs.Registry([resource], retriever=_refuse),
        validate_formats=False,
        offline=True,
    )


def _carried(package: str, name: str) -> Any:
    """Read a file of a package without importing the package, which does much more."""
    path = distribution(package).locate_file(name)
    return json.loads(Path(str(path)).read_text("utf-8"))


def _refuse(uri: str) -> NoReturn:
    raise ValueError(f"{uri} is not fetched")
