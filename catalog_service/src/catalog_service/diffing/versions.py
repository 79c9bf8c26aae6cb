"""What the changes ask of the version number (Semantic Versioning 2.0.0)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from catalog_service.diffing.changes import Change, Level
from catalog_service.diffing.nodes import Node
from catalog_service.diffing.sameness import is_alike

_VERSION = re.compile(
    r"(?!\d{4}-\d\d)v?(?P<major>\d{1,9})(?:\.(?P<minor>\d{1,9}))?(?:\.(?P<patch>\d{1,9}))?"
    r"(?P<rest>[-+.].*)?"
)


class Bump(StrEnum):
    """The part of a version number to raise."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"
    NONE = "none"

    @property
    def rank(self) -> int:
        """Give the order of weight, the heaviest first."""
        return list(Bump).index(self)


class Verdict(StrEnum):
    """What is to be said of the version number of a newer document."""

    AGREES = "agrees"
    NOT_RAISED = "not-raised"
    RAISED_TOO_LITTLE = "raised-too-little"
    LOWERED = "lowered"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Agreement:
    """Whether the version that a document claims fits what changed in it.

    ``actual`` is None when one of the versions is no version number. A first
    version, 0.y.z, may break in a minor step (section 4 of the standard).
    """

    verdict: Verdict
    suggested: Bump
    actual: Bump | None
    version_from: str
    version_to: str
    sentence: str

    @property
    def agrees(self) -> bool:
        """Tell whether the version was raised enough."""
        return self.verdict is Verdict.AGREES


def suggest_bump(changes: Iterable[Change], *, reworded: bool = False) -> Bump:
    """Give the part of the version number to raise for these changes.

    A break asks for a major version, anything that adds or may disturb for a minor
    one. ``reworded`` says that the documents differ though no change was found, as
    in a description: a patch.
    """
    levels = {change.level for change in changes}
    if Level.BREAKING in levels:
        return Bump.MAJOR
    if levels:
        return Bump.MINOR
    return Bump.PATCH if reworded else Bump.NONE


def version_agrees(old: object, new: object, changes: Iterable[Change]) -> Agreement:
    """Tell whether info.version of the newer document was raised enough."""
    texts = version_of(old), version_of(new)
    suggested = suggest_bump(changes, reworded=not is_alike(old, new))
    before, after = (_numbers(text) for text in texts)
    if before is None or after is None:
        sentence = f"'{texts[0]}' or '{texts[1]}' is no version number."
        return Agreement(Verdict.UNREADABLE, suggested, None, *texts, sentence)
    actual = _step(before, after)
    asked = _asked(before, suggested)
    verdict = _verdict(before, after, asked)
    return Agreement(
        verdict, suggested, actual, *texts, _sentence(verdict, asked, texts)
    )


def version_of(document: object) -> str:
    """Give info.version as text; empty when there is none."""
    version = Node(document, "").child("info").child("version").value
    return str(version)[:100] if isinstance(version, (str, int, float)) else ""


def _numbers(text: str) -> tuple[int, int, int, bool] | None:
    """Read a version; the last part orders a final one after its candidates."""
    match = _VERSION.fullmatch(text.strip())
    if match is None:
        return None
    major, minor, patch = (
        int(match[part] or 0) for part in ("major", "minor", "patch")
    )
    return major, minor, patch, not (match["rest"] or "").startswith("-")


def _step(before: tuple[int, ...], after: tuple[int, ...]) -> Bump:
    parts = (Bump.MAJOR, Bump.MINOR, Bump.PATCH, Bump.PATCH)
    for bump, old, new in zip(parts, before, after, strict=True):
        if old != new:
            return bump
    return Bump.NONE


def _asked(before: tuple[int, ...], suggested: Bump) -> Bump:
    """Give the least step that will do: a first version breaks in a minor one."""
    is_first = before[0] == 0 and suggested is Bump.MAJOR
    return Bump.MINOR if is_first else suggested


def _verdict(before: tuple[int, ...], after: tuple[int, ...], asked: Bump) -> Verdict:
    actual = _step(before, after)
    if after < before:
        return Verdict.LOWERED
    if actual.rank <= asked.rank:
        return Verdict.AGREES
    return Verdict.NOT_RAISED if actual is Bump.NONE else Verdict.RAISED_TOO_LITTLE


def _sentence(verdict: Verdict, asked: Bump, texts: tuple[str, str]) -> str:
    old, new = texts
    step = f"the changes ask for a {asked} step"
    return {
        Verdict.AGREES: f"Version {new} fits the changes since {old}.",
        Verdict.NOT_RAISED: f"Version {new} was not raised, but {step}.",
        Verdict.RAISED_TOO_LITTLE: f"Version {old} became {new}, but {step}.",
        Verdict.LOWERED: f"Version {new} is lower than {old}.",
    }[verdict]
