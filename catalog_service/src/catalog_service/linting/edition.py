"""By which text of the rules a report was made.

A report is worth keeping as long as the rules are what they were. Nobody has to raise a
number for that: the edition is taken from the rules themselves.
"""

from __future__ import annotations

import importlib.metadata
from functools import cache
from hashlib import blake2b
from pathlib import Path

_META_SCHEMAS = "openapi-spec-validator"


@cache
def edition() -> str:
    """Return what stands for the code of the rules, and the official schemas."""
    digest = blake2b(importlib.metadata.version(_META_SCHEMAS).encode(), digest_size=8)
    folder = Path(__file__).parent
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
