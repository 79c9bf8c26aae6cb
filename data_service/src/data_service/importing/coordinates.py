"""Which two columns are the coordinates of a point, in degrees or as was told."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from data_service.crs.systems import RD, area, is_degrees, lies_in
from data_service.schemas.tables import CRS84

from .asking import option
from .faults import Faults
from .naming import without_accents
from .profiling import Profile

_LONGITUDES = ("lon", "lng", "long", "longitude", "lengtegraad", "x")
_LATITUDES = ("lat", "lat", "lat", "latitude", "breedtegraad", "y")
# What may stand beside them: x_rd, x_coord.
_NOUNS = ("rd", "new", "coordinate", "coordinaat", "coord")
# As one word too: XCOORD, RDX.
_AXIS = re.compile(rf"({'|'.join(_NOUNS)})*(?P<axis>[xy])({'|'.join(_NOUNS)})*")
Pair = tuple[int, int]


def is_coordinate(name: str) -> bool:
    """Tell whether a column is called like a longitude or latitude."""
    return _split(name)[1] in {*_LONGITUDES, *_LATITUDES}


def find_point(
    numbers: Collection[int], profiles: Sequence[Profile], crs: str, doubts: list[str]
) -> tuple[Pair, str] | None:
    """Give the columns of the one pair of coordinates, and its CRS.

    Degrees are found by their names and numbers. Where `crs` tells of another system,
    coordinates that lie elsewhere make a point too, which is refused later, by line.

    Args:
        numbers: The columns that are numbers.
        profiles: Of all columns.
        crs: That was told; empty for none.
        doubts: Is told what was assumed.
    """
    named = _pairs([profile.name for profile in profiles])
    pairs = [pair for pair in named if set(pair) <= set(numbers)]
    wanted = CRS84 if not crs or is_degrees(crs) else crs
    fitting = [pair for pair in pairs if _lie_in(pair, profiles, wanted)]
    if wanted != CRS84:
        fitting = _told(fitting, profiles) or _told(pairs, profiles)[:1]
    _doubt_others([p for p in pairs if p not in fitting], profiles, crs, doubts)
    if not fitting:
        return None
    if len(fitting) > 1 and _split(profiles[fitting[0][0]].name)[0]:
        doubts.append("there are several pairs of coordinates: no point is made")
        return None
    made = f"in {crs}" if wanted != CRS84 else "longitude and latitude in degrees"
    doubts.append(f"{_names(fitting[0], profiles)} become one point, {made}")
    _doubt_twins(fitting[0], profiles, doubts)
    longitude, latitude = fitting[0]
    _doubt_halves(profiles[longitude], profiles[latitude], doubts)
    return fitting[0], wanted


def note_no_numbers(
    numbers: Collection[int],
    profiles: Sequence[Profile],
    faults: Faults,
    doubts: list[str],
) -> None:
    """Say why no point came of a file whose CRS was told, though some column is one."""
    places = [i for i, profile in enumerate(profiles) if is_coordinate(profile.name)]
    pairs = _pairs([profile.name for profile in profiles])
    paired = {column for pair in pairs for column in pair}
    for index in places:
        if not paired:
            reason = f"has no other beside it that makes a point; {option('crs')} asks"
            faults.add(1, f"{reason} for one", column=profiles[index].name)
    for index in sorted(paired - set(numbers)):
        _note_misfits(profiles[index], faults)
    if not places:
        _doubt_crs(doubts)


def note_bound_numbers(
    _numbers: Collection[int],
    profiles: Sequence[Profile],
    faults: Faults,
    doubts: list[str],
) -> None:
    """Say that a schema without geometries leaves coordinates be numbers."""
    pair = name_pair([profile.name for profile in profiles])
    if pair is None:
        _doubt_crs(doubts)
        return
    names, told = _names(pair, profiles), option("crs")
    reason = f"has {names}, which make no point: their table has no geometry"
    faults.add(0, f"{reason}; leave {told} out, or publish the whole anew with it")


def _doubt_crs(doubts: list[str]) -> None:
    doubts.append(f"there are no geometries: {option('crs')} changes nothing")


def _note_misfits(profile: Profile, faults: Faults) -> None:
    """Note the first cells that keep a column from being a coordinate."""
    reason = f"is no number, and {option('crs')} asks for points"
    misfits = profile.candidates["number"].misfits
    for line, value in misfits:
        faults.add(line, reason, column=profile.name, value=value)
    if not misfits and not profile.is_empty:
        faults.add(0, reason, column=profile.name)


def _told(pairs: Sequence[Pair], profiles: Sequence[Profile]) -> list[Pair]:
    """Give the pairs that are likely in another system first: those of x and y."""

    def rank(pair: Pair) -> tuple[bool, bool]:
        is_axis = _split(profiles[pair[0]].name)[1] == "x"
        return _lie_in(pair, profiles, CRS84), not is_axis

    return sorted(pairs, key=rank)


def _doubt_others(
    pairs: Sequence[Pair], profiles: Sequence[Profile], crs: str, doubts: list[str]
) -> None:
    """Say of which pairs no point is made, or what would make one."""
    for pair in pairs:
        names = _names(pair, profiles)
        if is_degrees(crs or CRS84) and _lie_in(pair, profiles, RD):
            told = option("crs is").format(RD)
            doubts.append(f"{names} look like RD: {told} makes points of them")
        elif not _lie_in(pair, profiles, CRS84) and (
            crs or _split(profiles[pair[0]].name)[1] != "x"
        ):
            doubts.append(f"{names} are no degrees: no point is made of them")


def _doubt_twins(pair: Pair, profiles: Sequence[Profile], doubts: list[str]) -> None:
    """Name the columns that are called alike, and come later."""
    for column in pair:
        name = profiles[column].name
        for other in profiles[column + 1 :]:
            if _split(other.name) == _split(name):
                doubts.append(f"{other.name} is called like {name}, which is taken")


def _doubt_halves(longitude: Profile, latitude: Profile, doubts: list[str]) -> None:
    if longitude.nulls != latitude.nulls:
        doubts.append("some rows have only one of the coordinates: no point there")


def name_pair(names: Sequence[str]) -> tuple[int, int] | None:
    """Give the columns that are called like a longitude and a latitude."""
    return next(iter(_pairs(names)), None)


def _pairs(names: Sequence[str]) -> list[tuple[int, int]]:
    """Give the pairs of columns by name, those without a prefix first."""
    places: dict[tuple[str, str], int] = {}
    for index, name in enumerate(names):
        places.setdefault(_split(name), index)
    found = []
    for (prefix, word), index in places.items():
        for longitude, latitude in zip(_LONGITUDES, _LATITUDES, strict=True):
            partner = places.get((prefix, latitude))
            if word == longitude and partner is not None:
                rank = (bool(prefix), _LONGITUDES.index(longitude))
                found.append((rank, (index, partner)))
    return [pair for _, pair in sorted(found)]


def _lie_in(pair: Pair, profiles: Sequence[Profile], crs: str) -> bool:
    """Tell whether all numbers of a pair can be in a system."""
    ranges = [profiles[column].range for column in pair]
    if None in ranges:
        return False
    corners = zip(*(found for found in ranges if found), strict=True)
    return all(lies_in(corner, area(crs)) for corner in corners)


def _names(pair: Pair, profiles: Sequence[Profile]) -> str:
    return " and ".join(profiles[index].name for index in pair)


def _split(name: str) -> tuple[str, str]:
    """Split a name into what else it has and its last word: rd_x and x_rd are alike."""
    plain = without_accents(name)
    axis = _AXIS.fullmatch("".join(re.findall(r"[A-Za-z0-9]", plain)).lower())
    if axis:
        others = axis.string[: axis.start("axis")] + axis.string[axis.end("axis") :]
        return others, axis["axis"]
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+|\d+", plain)
    for _ in words[1:]:  # of a name of nothing but nouns the last one stays
        if words[-1].lower() in _NOUNS:
            words = [*words[-1:], *words[:-1]]
    return "".join(words[:-1]).lower(), words[-1].lower() if words else ""
