"""What a sentence is about, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from catalog_service.diffing.changes import Place

ENGLISH = {
    Place.DOCUMENT: "the document",
    Place.ENDPOINT: "{method} {path}",
    Place.PARAMETER: "{kind} parameter '{name}'",
    Place.REQUEST: "the request body",
    Place.RESPONSE: "response {status}",
    Place.HEADER: "header '{name}' of response {status}",
}
DUTCH = {
    Place.DOCUMENT: "het document",
    Place.ENDPOINT: "{method} {path}",
    Place.PARAMETER: "{kind}-parameter '{name}'",
    Place.REQUEST: "de body van het verzoek",
    Place.RESPONSE: "antwoord {status}",
    Place.HEADER: "header '{name}' van antwoord {status}",
}


@dataclass(frozen=True)
class Location:
    """Where in the API something is: the operation, and the part of it.

    ``name`` is that of the parameter or header, ``kind`` where the parameter is.
    """

    path: str = ""
    method: str = ""
    place: Place = Place.DOCUMENT
    status: str = ""
    name: str = ""
    kind: str = ""

    def subject(self, field: str = "", parts: Mapping[Place, str] = ENGLISH) -> str:
        """Name the part, or the field in the schema of it, to begin a sentence."""
        part = parts[self.place].format_map(vars(self))
        return f"'{field}' in {part}" if field else part[:1].upper() + part[1:]
