"""What an inferred type leaves in doubt, in words for the person who publishes."""

from __future__ import annotations

import re

from data_service.schemas.types import GEOMETRY_NAMES

from .faults import counted, cut, name_lines
from .notations import Notation
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
    if type_name != "string" or profile.kinds == {"string"}:
        return ""
    if profile.kinds:
        return f"mixes {', '.join(sorted(profile.kinds))}; taken as text"
    return _doubt_text(profile)


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
        where = "end" if profile.pointed.ends else "start"
        sample = cut(profile.pointed.sample, 30)
        return f"has a point at the {where} of every cell ('{sample}'); stays text"
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
