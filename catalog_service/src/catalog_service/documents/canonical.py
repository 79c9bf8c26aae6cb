"""One form for documents that mean the same, to tell whether anything changed.

The order of keys, white space, JSON or YAML, and 1 or 1.0 are writing, not meaning. The
order of a list is meaning: nobody can tell from outside where it is not.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

# Above this, a float does not hold every integer.
_EXACT = 2**53


def content_hash(content: Any) -> str:
    """Return 64 hexadecimal digits that are the same for the same content."""
    text = json.dumps(
        _normal(content), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _normal(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _normal(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_normal(child) for child in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    return value
