"""What a kind of change is: a row of the table that the comparison reads.

A kind says what it is called, how much it matters, the sentence that tells it, the
smallest example that shows it, and the function that finds it. Adding one is adding
a row to a file of ``kinds``; nothing else names it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from catalog_service.diffing.changes import Level, Place
from catalog_service.diffing.dutch import SENTENCES


class Scope(StrEnum):
    """What the function of a kind is given, both sides of it.

    The example of a kind is a pair of the same thing: two documents, two path
    items, two lists of parameters, two request bodies, two responses, two contents
    (media type to media type object) or two schemas.
    """

    DOCUMENT = "document"
    OPERATION = "operation"
    PARAMETER = "parameter"
    BODY = "body"
    CONTENT = "content"
    RESPONSE = "response"
    HEADER = "header"
    SCHEMA = "schema"


@dataclass(frozen=True)
class Found:
    """One find: the words for the sentence, and pointers when they differ.

    A pointer that is None is the one of the side that was looked at.
    """

    words: Mapping[str, object] = field(default_factory=dict)
    old: str | None = None
    new: str | None = None


SENT = frozenset({Place.PARAMETER, Place.REQUEST})
"""Where a schema describes what a client sends."""
RECEIVED = frozenset({Place.RESPONSE, Place.HEADER})
"""Where a schema describes what a client receives."""

Finder = Callable[[Any], Iterable[Found]]


@dataclass(frozen=True)
class Kind:
    """One kind of change.

    ``places`` limits a kind of scope schema or content to where the schema is used;
    ``watches`` names the keywords of which one must differ before ``find`` is asked.
    """

    id: str
    level: Level
    sentence: str
    example: tuple[Any, Any]
    scope: Scope
    find: Finder
    places: frozenset[Place] = frozenset(Place)
    watches: tuple[str, ...] = ()

    @property
    def sentence_nl(self) -> str:
        """Give the sentence in Dutch."""
        return SENTENCES[self.sentence]


@dataclass(frozen=True)
class Event:
    """What can happen on the way in and on the way out: how it is found and shown."""

    find: Finder
    example: tuple[Any, Any]
    watches: tuple[str, ...] = ()


def kinds_of(
    events: Mapping[str, Event],
    told: Mapping[str, tuple[Level, str]],
    *,
    scope: Scope,
    way: str,
    places: frozenset[Place],
) -> tuple[Kind, ...]:
    """Make a kind of each event that is told: with its level and its sentence.

    ``way`` begins the ids: request or response.
    """
    return tuple(
        Kind(
            id=f"{way}-{name}",
            level=level,
            sentence=sentence,
            example=events[name].example,
            scope=scope,
            find=events[name].find,
            places=places,
            watches=events[name].watches,
        )
        for name, (level, sentence) in told.items()
    )
