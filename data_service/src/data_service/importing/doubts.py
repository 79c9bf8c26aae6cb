"""What an inferred type leaves in doubt, in words for the person who publishes."""

from __future__ import annotations

import re

from data_service.schemas.types import GEOMETRY_NAMES

from .asking import option
from .faults import counted, cut, name_lines
from .notations import COMMA, Notation
from .profiling import Candidate, Profile

_NOUNS = {
    "boolean": "true or false",
    "integer": "whole numbers",
    "number": "numbers",
    "string/date": "dates",
    "string/date-time": "date-times",
    "string/time": "times",
}
_DIGITS = re.compile(r"[+-]?\d+")
_DAY_MONTH = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})")
_COMMA = re.compile(r"[-+]?\d+,\d+")
# The share of the cells that fits, from which a text column counts as mixed.
_MIXED = 0.5


def doubt_type(profile: Profile, type_name: str, crs: str = "") -> str:
    """Say what is in doubt about the type of a column; empty for nothing.

    `crs` is what was told of its geometries.
    """
    if profile.is_empty and not profile.kinds:
        return "has no values at all; taken as text"
    if profile.notation is not None:
        return _doubt_notation(profile, profile.notation, type_name)
    if type_name == "string/date-time" and profile.without_offset:
        return "has date-times without offset; they are taken as UTC"
    if type_name in GEOMETRY_NAMES and not profile.kinds:
        return "" if crs else _doubt_crs(profile)
    if type_name != "string":
        return ""
    if profile.kinds == {"string"}:
        return _doubt_mixture(profile)
    if profile.kinds:
        return f"mixes {', '.join(sorted(profile.kinds))}; taken as text"
    return _doubt_text(profile)


def doubt_thousands(name: str, profile: Profile, doubts: list[str]) -> None:
    """Say that the points of a column of numbers may stand between thousands."""
    misfits = profile.candidates["integer"].misfits
    is_open = COMMA in profile.writing.open and profile.writing.sample
    if profile.kinds or profile.notation is not None or not (is_open and misfits):
        return
    doubts.append(
        f"{name}: has numbers like '{cut(misfits[0][1], 30)}', read as decimals; three "
        "digits follow every point, so they may be thousands: "
        f"{option('schema')} with the type integer reads them so"
    )


def why_either(value: str, type_name: str) -> str:
    """Say what is wrong with a cell that may mean two things, and what to do."""
    is_number = type_name in ("integer", "number")
    first, second = _as_number(value) if is_number else _as_date(value)
    if first == second:
        return "stands in a column whose cells may mean two things"
    noun = "number" if is_number else "date"
    return (
        f"may mean {first} or {second}: write it so, or send it in a file in which "
        f"another {noun} tells"
    )


def _as_number(value: str) -> tuple[str, str]:
    return value.replace(",", "."), value.replace(",", "")


def _as_date(value: str) -> tuple[str, str]:
    """Read a date, or a date and a time, with the day first and the month first."""
    one, other, year, *clock = [*re.findall(r"\d+", value), "", "", ""]
    time = [f"{part:0>2}" for part in (*clock, "")[:3]] if any(clock) else []
    tail = f"T{':'.join(time)}Z" if time else ""
    days = f"{year}-{other:0>2}-{one:0>2}", f"{year}-{one:0>2}-{other:0>2}"
    return f"{days[0]}{tail}", f"{days[1]}{tail}"


def _doubt_notation(profile: Profile, notation: Notation, type_name: str) -> str:
    sample = cut(profile.writing.sample, 30)
    utc = ", in UTC" if type_name == "string/date-time" else ""
    words = profile.writing.null_words
    missing = (
        f"; {counted(words, 'cell')} like 'NA' or '-' read as no value" if words else ""
    )
    return (
        f"has {notation.name} ('{sample}'), read as {_NOUNS[type_name]}{utc}{missing}"
    )


def _doubt_crs(profile: Profile) -> str:
    if profile.geometries.has_srid:
        return ""
    return f"geometries without SRID, taken as {profile.geometries.crs}"


def _doubt_text(profile: Profile) -> str:
    if profile.geometries.holds:
        return "has geometries in a CRS that nothing tells; they stay text"
    if profile.pointed and profile.candidates["number"].holds:
        sample = cut(profile.pointed.sample, 30)
        return f"has a point at the end of every cell ('{sample}'); stays text"
    integer, number = profile.candidates["integer"], profile.candidates["number"]
    samples = [value for _, value in number.misfits or integer.misfits]
    if samples and all(_DIGITS.fullmatch(value) for value in samples):
        return _doubt_digits(samples, number if number.misfits else integer)
    if samples and all(map(_DAY_MONTH.fullmatch, samples)):
        return f"has dates like '{samples[0]}': day or month first? they stay text"
    if samples and all(map(_COMMA.fullmatch, samples)):
        return f"has numbers like '{samples[0]}': decimals or thousands? they stay text"
    return _doubt_mixture(profile)


def _doubt_digits(samples: list[str], candidate: Candidate) -> str:
    line, value = candidate.misfits[0]
    if samples[0].lstrip("+-").startswith("0"):
        return f"has leading zeros (line {line}: '{cut(value, 30)}'); stays text"
    return f"has numbers beyond 64 bits (line {line}: '{cut(value, 30)}'); stays text"


def _doubt_mixture(profile: Profile) -> str:
    ranked = sorted(profile.candidates.items(), key=lambda c: -c[1].fitting)
    name, candidate = ranked[0]
    if candidate.fitting < _MIXED * candidate.seen or not candidate.misfits:
        return ""
    lines = name_lines([line for line, _ in candidate.misfits])
    values = ", ".join(f"'{cut(value, 20)}'" for _, value in candidate.misfits)
    return f"{_NOUNS[name]}, but not on {lines} ({values}); taken as text"
