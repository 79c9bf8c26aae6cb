"""Write a document as JSON or as YAML that reads back as the same content."""

from __future__ import annotations

import json
from typing import Any

import yaml

from .errors import NumberError
from .scalars import read_scalar


def to_json(content: Any) -> bytes:
    """Write JSON, indented, in the order of the document."""
    return json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"


def to_yaml(content: Any) -> bytes:
    """Write YAML in the order of the document, without anchors."""
    text: str = yaml.dump(
        content,
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=False,
        width=100,
    )
    return text.encode()


class _Dumper(yaml.CSafeDumper):
    """Repeats what aliases would point at: a reader may have none left."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


def _represent_text(dumper: yaml.CSafeDumper, text: str) -> yaml.ScalarNode:
    """Quote what YAML 1.2 reads as something else; the dumper knows 1.1 only."""
    style = None if _is_plain_text(text) else "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _is_plain_text(text: str) -> bool:
    try:
        return isinstance(read_scalar(text), str)
    except NumberError:
        return False


_Dumper.add_representer(str, _represent_text)
