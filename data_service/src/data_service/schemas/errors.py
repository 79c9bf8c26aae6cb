"""What can be wrong with a schema."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SchemaFault:
    """One fault: where (a JSON pointer, RFC 6901) and what."""

    pointer: str
    reason: str

    def __str__(self) -> str:
        return f"{self.pointer or '/'}: {self.reason}"


class SchemaError(Exception):
    """The schema has faults; all of them are in `faults`."""

    def __init__(self, faults: tuple[SchemaFault, ...]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults
