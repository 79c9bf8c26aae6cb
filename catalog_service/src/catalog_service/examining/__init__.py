"""Look at documents in processes of their own, under limits of time and memory.

Whatever a document does to its reader, the service stands: the reader is ended, and
the document refused (ADR 0026).
"""

from .running import (
    Compared,
    Outcome,
    compare,
    convert,
    examine,
    excerpts,
    limit_line,
    lint,
    read_any,
    run,
    with_servers,
)

__all__ = [
    "Compared",
    "Outcome",
    "compare",
    "convert",
    "examine",
    "excerpts",
    "limit_line",
    "lint",
    "read_any",
    "run",
    "with_servers",
]
