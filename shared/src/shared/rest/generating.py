"""The OpenAPI document of a service, generated from its views and written down."""

from __future__ import annotations

import json
import threading
from functools import cache
from typing import Any

import yaml
from drf_spectacular.generators import SchemaGenerator

_turn = threading.Lock()


def written_document() -> tuple[bytes, bytes]:
    """Return the document as JSON and as YAML.

    It is written once in a process: it depends on nothing but the code and the
    settings, and making it takes far longer than an answer may.
    """
    # The first requests of a process come at once, and drf-spectacular looks up its
    # extensions in a way that fails in two threads.
    with _turn:
        return _write()


@cache
def _write() -> tuple[bytes, bytes]:
    generator: Any = SchemaGenerator()  # type: ignore[no-untyped-call]
    schema = generator.get_schema(request=None, public=True)
    text = json.dumps(schema, ensure_ascii=False, indent=1, default=str)
    plain = json.loads(text)
    as_yaml = yaml.safe_dump(plain, sort_keys=False, allow_unicode=True)
    return text.encode(), as_yaml.encode()
