"""What changed between two versions of an API, and whether it breaks a client.

``compare`` lists the changes; ``suggest_bump`` and ``version_agrees`` weigh them
against semantic versioning; ``KINDS`` is the table of all that is looked for.
"""

from catalog_service.diffing.changes import Change, Level, Place, is_breaking
from catalog_service.diffing.comparing import compare
from catalog_service.diffing.errors import DiffingError, NotADocumentError
from catalog_service.diffing.examples import example_documents
from catalog_service.diffing.kind import Kind, Scope
from catalog_service.diffing.kinds import KINDS
from catalog_service.diffing.versions import (
    Agreement,
    Bump,
    Verdict,
    suggest_bump,
    version_agrees,
)

__all__ = [
    "KINDS",
    "Agreement",
    "Bump",
    "Change",
    "DiffingError",
    "Kind",
    "Level",
    "NotADocumentError",
    "Place",
    "Scope",
    "Verdict",
    "compare",
    "example_documents",
    "is_breaking",
    "suggest_bump",
    "version_agrees",
]
