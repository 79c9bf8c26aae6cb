"""Which two columns are the longitude and the latitude of a point."""

from __future__ import annotations

import re
from collections.abc import Sequence

from data_service.schemas.tables import Field

from .profiling import Profile

_LONGITUDES = ("lon", "lng", "long", "longitude", "lengtegraad", "x")
_LATITUDES = ("lat", "lat", "lat", "latitude", "breedtegraad", "y")
_NUMBERS = ("integer", "number")
Columns = tuple[int, ...]


def is_coordinate(name: str) -> bool:
    """Tell whether a column is called like a longitude or latitude."""
    return _split(name)[1] in {*_LONGITUDES, *_LATITUDES}


def find_point(
    fields: Sequence[Field], profiles: Sequence[Profile], doubts: list[str]
) -> tuple[Columns, Columns] | None:
    """Give the columns of the one pair of longitude and latitude in degrees."""
    pairs = _pairs([profile.name for profile in profiles])
    numbers = {f.provenance or f.id for f in fields if f.type_name in _NUMBERS}
    pairs = [p for p in pairs if all(profiles[i].name in numbers for i in p)]
    fitting = [pair for pair in pairs if _in_degrees(pair, profiles)]
    for pair in pairs:
        names = " and ".join(profiles[i].name for i in pair)
        if pair not in fitting and _split(profiles[pair[0]].name)[1] != "x":
            doubts.append(f"{names} are no degrees: no point is made of them")
    if not fitting:
        return None
    if len(fitting) > 1 and _split(profiles[fitting[0][0]].name)[0]:
        doubts.append("there are several pairs of coordinates: no point is made")
        return None
    longitude, latitude = fitting[0]
    names = f"{profiles[longitude].name} and {profiles[latitude].name}"
    doubts.append(f"{names} become one point, longitude and latitude in degrees")
    _doubt_halves(profiles[longitude], profiles[latitude], doubts)
    return (longitude,), (latitude,)


def _doubt_halves(longitude: Profile, latitude: Profile, doubts: list[str]) -> None:
    if longitude.nulls != latitude.nulls:
        doubts.append("some rows have only one of the coordinates: no point there")


def name_pair(names: Sequence[str]) -> tuple[int, int] | None:
    """Give the columns that are called like a longitude and a latitude."""
    return next(iter(_pairs(names)), None)


def _pairs(names: Sequence[str]) -> list[tuple[int, int]]:
    """Give the pairs of columns by name, those without a prefix first."""
    places = {_split(name): i for i, name in enumerate(names)}
    found = []
    for (prefix, word), index in places.items():
        for longitude, latitude in zip(_LONGITUDES, _LATITUDES, strict=True):
            partner = places.get((prefix, latitude))
            if word == longitude and partner is not None:
                rank = (bool(prefix), _LONGITUDES.index(longitude))
                found.append((rank, (index, partner)))
    return [pair for _, pair in sorted(found)]


def _in_degrees(pair: tuple[int, int], profiles: Sequence[Profile]) -> bool:
    for index, limit in zip(pair, (180, 90), strict=True):
        low, high = profiles[index].range or (0, 0)
        if low < -limit or high > limit:
            return False
    return True


def _split(name: str) -> tuple[str, str]:
    """Split a name into what comes before its last word, and that word."""
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+|\d+", name)
    if not words:
        return name, ""
    return "".join(words[:-1]).lower(), words[-1].lower()
