"""What a comparison yields: changes, each with its level and its place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a change matters to the clients that exist today.

    Breaking: the contract they rely on no longer holds. Warning: the documents
    cannot decide it. Info: it cannot harm them.
    """

    BREAKING = "breaking"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """Give the order of severity, the worst first."""
        return _LEVELS[self]


_LEVELS = {level: rank for rank, level in enumerate(Level)}


class Place(StrEnum):
    """The part of an API that a change is in."""

    DOCUMENT = "document"
    ENDPOINT = "endpoint"
    PARAMETER = "parameter"
    REQUEST = "request"
    RESPONSE = "response"
    HEADER = "header"


_PLACES = {place: rank for rank, place in enumerate(Place)}


@dataclass(frozen=True)
class Change:
    """One change between two documents.

    ``path`` and ``method`` are those of the newer document when it still has the
    operation; both are empty for a change of the document as a whole. The path of
    a webhook is ``webhook:NAME``. The pointers (RFC 6901) say where the change is
    written, also when that is a shared component; one is empty when that side has
    nothing to point at. ``field`` is the way through the schema, as in
    ``owner.tags[].name``.
    """

    id: str
    level: Level
    path: str
    method: str
    pointer_from: str
    pointer_to: str
    sentence: str
    sentence_nl: str = ""
    place: Place = Place.DOCUMENT
    status: str = ""
    field: str = ""

    @property
    def order(self) -> tuple[object, ...]:
        """Give the sort key: the worst first, then by place in the API."""
        place = (self.path, self.method, _PLACES[self.place])
        where = (self.status, self.field, self.pointer_to, self.pointer_from)
        return (self.level.rank, *place, *where, self.id, self.sentence)


def is_breaking(changes: tuple[Change, ...]) -> bool:
    """Tell whether any of these changes breaks a client."""
    return any(change.level is Level.BREAKING for change in changes)
