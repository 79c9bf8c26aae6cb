"""What a sentence is about, in words."""

from __future__ import annotations

from dataclasses import dataclass

from catalog_service.diffing.changes import Place


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

    def subject(self, field: str = "") -> str:
        """Name the part, or the field in the schema of it, to begin a sentence."""
        if field:
            return f"'{field}' in {self._part()}"
        part = self._part()
        return part[:1].upper() + part[1:]

    def _part(self) -> str:
        match self.place:
            case Place.ENDPOINT:
                return f"{self.method} {self.path}"
            case Place.PARAMETER:
                return f"{self.kind} parameter '{self.name}'"
            case Place.REQUEST:
                return "the request body"
            case Place.RESPONSE:
                return f"response {self.status}"
            case Place.HEADER:
                return f"header '{self.name}' of response {self.status}"
            case _:
                return "the document"
