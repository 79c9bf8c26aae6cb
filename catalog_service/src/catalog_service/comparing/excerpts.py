"""Both sides of a change: where it is written, and how what stands there begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from catalog_service import examining
from catalog_service.models import Version

_KEPT = 32


@dataclass(frozen=True)
class Side:
    """A place in a document."""

    pointer: str
    line: int
    text: str


@dataclass(frozen=True)
class Sides:
    """A change, and what stands there before and after; None where there is nothing."""

    change: Mapping[str, str]
    old: Side | None
    new: Side | None


def sides_of(
    changes: Sequence[Mapping[str, str]], old: Version, new: Version
) -> tuple[Sides, ...]:
    """Look up both sides of some changes; raises DocumentError."""
    before, after = (
        _look_up(version.pk, tuple(change[name] for change in changes))
        for version, name in ((old, "pointer_from"), (new, "pointer_to"))
    )
    return tuple(
        Sides(
            change, before.get(change["pointer_from"]), after.get(change["pointer_to"])
        )
        for change in changes
    )


@lru_cache(maxsize=_KEPT)
def _look_up(version_id: int, pointers: tuple[str, ...]) -> Mapping[str, Side]:
    wanted = list(dict.fromkeys(pointer for pointer in pointers if pointer))
    if not wanted:
        return {}
    raw = Version.objects.values_list("raw", flat=True).get(pk=version_id)
    found = examining.excerpts(bytes(raw), wanted)
    return {
        pointer: Side(pointer, **place)
        for pointer, place in zip(wanted, found, strict=True)
    }
