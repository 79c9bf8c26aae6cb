"""Documents that describe APIs: read within bounds, asked for facts, written again.

Nothing here knows of Django, the network or a file: docs/adr/0010-trust-no-document.md.
"""

from .canonical import content_hash
from .converting import to_json, to_yaml
from .errors import (
    CharacterError,
    DocumentError,
    DuplicateKeyError,
    EncodingError,
    NotOpenApiError,
    NumberError,
    OverLimitsError,
    SyntaxFaultError,
    TooComplexError,
    TooLargeError,
)
from .facts import Facts, facts_of, first_operations
from .findings import Finding
from .operations import Operation
from .parsing import JSON, YAML, Document, read_document, read_value
from .recognising import Specification
from .servers import Server, with_absolute_servers

__all__ = [
    "JSON",
    "YAML",
    "CharacterError",
    "Document",
    "DocumentError",
    "DuplicateKeyError",
    "EncodingError",
    "Facts",
    "Finding",
    "NotOpenApiError",
    "NumberError",
    "Operation",
    "OverLimitsError",
    "Server",
    "Specification",
    "SyntaxFaultError",
    "TooComplexError",
    "TooLargeError",
    "content_hash",
    "facts_of",
    "first_operations",
    "read_document",
    "read_value",
    "to_json",
    "to_yaml",
    "with_absolute_servers",
]
