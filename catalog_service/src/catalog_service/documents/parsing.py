"""Read the bytes of a document, JSON or YAML, into something that can be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .decoding import decode
from .errors import SyntaxFaultError, TooLargeError
from .json_reading import read_json
from .recognising import Specification, recognise
from .yaml_reading import read_yaml

JSON = "application/json"
YAML = "application/yaml"


@dataclass(frozen=True)
class Document:
    """An OpenAPI document: what it holds, how it was written, what it follows."""

    content: dict[str, Any]
    media_type: str
    specification: Specification


def read_document(raw: bytes) -> Document:
    """Read a document; raise a DocumentError that says why it is refused.

    Whether it is JSON or YAML is found out from the text: what a server says of it is
    often wrong.
    """
    content, media_type = read_value(raw)
    return Document(content, media_type, recognise(content))


def read_value(raw: bytes) -> tuple[Any, str]:
    """Read any JSON or YAML; return the value and its media type."""
    text = decode(raw)
    if text.lstrip()[0] not in "{[":
        return read_yaml(text), YAML
    try:
        return read_json(text), JSON
    except SyntaxFaultError as fault:
        return _read_flow_yaml(text, fault), YAML


def _read_flow_yaml(text: str, fault: SyntaxFaultError) -> Any:
    """Read what opens like JSON and is none; tell the fault of the JSON if neither."""
    try:
        return read_yaml(text)
    except (SyntaxFaultError, TooLargeError):
        raise fault from None
