"""Which two columns are the coordinates of a point, in degrees or in RD."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from data_service.crs.systems import RD, is_rd
from data_service.schemas.tables import CRS84, Field

from .asking import option
from .profiling import Profile
from .written_geometries import AREAS, lies_in

_LONGITUDES = ("lon", "lng", "long", "longitude", "lengtegraad", "x")
_LATITUDES = ("lat", "lat", "lat", "latitude", "breedtegraad", "y")
# What may follow them: x_rd, x_coord.
_NOUNS = ("rd", "coord", "coordinate", "coordinaat")
_NUMBERS = ("integer", "number")
Pair = tuple[int, int]


def is_coordinate(name: str) -> bool:
    """Tell whether a column is called like a longitude or latitude."""
    return _split(name)[1] in {*_LONGITUDES, *_LATITUDES}


def find_point(
    fields: Sequence[Field], profiles: Sequence[Profile], crs: str, doubts: list[str]
) -> tuple[Pair, str] | None:
    """Give the columns of the one pair of coordinates, and its CRS.

    Degrees are found by their names and numbers, RD only where `crs` tells it.
    """
    numbers = {f.provenance or f.id for f in fields if f.type_name in _NUMBERS}
    named = _pairs([profile.name for profile in profiles])
    pairs = [p for p in named if all(profiles[i].name in numbers for i in p)]
    places = {pair: _place(pair, profiles) for pair in pairs}
    wanted = RD if is_rd(crs) and RD in places.values() else CRS84
    fitting = [pair for pair in pairs if places[pair] == wanted]
    _doubt_others({p: c for p, c in places.items() if c != wanted}, profiles, doubts)
    if not fitting:
        return None
    if len(fitting) > 1 and _split(profiles[fitting[0][0]].name)[0]:
        doubts.append("there are several pairs of coordinates: no point is made")
        return None
    longitude, latitude = fitting[0]
    made = f"in {crs}" if wanted == RD else "longitude and latitude in degrees"
    doubts.append(f"{_names(fitting[0], profiles)} become one point, {made}")
    _doubt_halves(profiles[longitude], profiles[latitude], doubts)
    return fitting[0], crs if wanted == RD else CRS84


def _doubt_others(
    places: Mapping[Pair, str], profiles: Sequence[Profile], doubts: list[str]
) -> None:
    """Say of which pairs no point is made, or what would make one."""
    for pair, place in places.items():
        names = _names(pair, profiles)
        if place == RD:
            doubts.append(f"{names} look like RD: {option('rd')} makes points of them")
        elif not place and _split(profiles[pair[0]].name)[1] != "x":
            doubts.append(f"{names} are no degrees: no point is made of them")


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


def _place(pair: Pair, profiles: Sequence[Profile]) -> str:
    """Give the CRS that all numbers of a pair can be in; empty for none."""
    (west, east), (south, north) = (profiles[i].range or (0, 0) for i in pair)
    for crs, area in AREAS.items():
        if lies_in((west, south), area) and lies_in((east, north), area):
            return crs
    return ""


def _names(pair: Pair, profiles: Sequence[Profile]) -> str:
    return " and ".join(profiles[index].name for index in pair)


def _split(name: str) -> tuple[str, str]:
    """Split a name into what else it has and its last word: rd_x and x_rd are alike."""
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+|\d+", name)
    if not words:
        return name, ""
    if len(words) > 1 and words[-1].lower() in _NOUNS:
        words = [*words[-1:], *words[:-1]]
    return "".join(words[:-1]).lower(), words[-1].lower()
