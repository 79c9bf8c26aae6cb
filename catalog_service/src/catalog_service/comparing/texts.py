"""Comparisons as text: a release note in Markdown, and what a pipeline prints."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

from catalog_service.diffing import Level
from catalog_service.examining import Compared
from catalog_service.models import Version

from .checking import Check

_MARKS = re.compile(r"([\\`*_\[\]<>#&|~])")
_MOST_TEXT = 500

Escape = Callable[[str], str]


def release_note(title: str, old: Version, new: Version, compared: Compared) -> str:
    """Write what changed from one version to another, as Markdown."""
    heading = f"# {_markdown(title)}: {_called(old)} → {_called(new)}"
    lines = [heading, "", *_summary(compared, _markdown)]
    for level in Level:
        lines += _listed(compared, level, _markdown, heading="## ")
    return "\n".join(lines) + "\n"


def report(check: Check) -> str:
    """Write the answer of the gate for whoever reads the log of a pipeline."""
    lines = [f"{check.outcome.upper()}: {_plain(check.sentence)}"]
    if check.api and check.against and check.compared:
        number, label = check.against.number, _plain(check.against.label)
        against = f"version {number}" + (f" ({label})" if label else "")
        lines.append(f"Compared with {against} of API {check.api.pk}.")
        lines += _summary(check.compared, _plain)
        for level in Level:
            lines += _listed(check.compared, level, _plain)
    return "\n".join(lines) + "\n"


def _summary(compared: Compared, escape: Escape) -> Iterator[str]:
    counts = ", ".join(f"{n} {level}" for level, n in compared.counts.items())
    yield f"{counts}. {escape(compared.agreement['sentence'])}"


def _listed(
    compared: Compared, level: Level, escape: Escape, *, heading: str = ""
) -> Iterator[str]:
    changes = [change for change in compared.changes if change["level"] == level]
    if not compared.counts[level]:
        return
    yield from ("", f"{heading}{level.capitalize()}", "")
    for change in changes:
        yield f"- {_where(change, escape)}{escape(change['sentence'])} ({change['id']})"
    if (left := compared.counts[level] - len(changes)) > 0:
        yield f"- … and {left} more"


def _where(change: Mapping[str, str], escape: Escape) -> str:
    place = f"{change['method']} {change['path']}".strip()
    # The sentence of a whole operation begins with its place.
    if not place or change["sentence"].startswith(place):
        return ""
    return f"{escape(place)}: "


def _called(version: Version) -> str:
    return _markdown(version.label) or f"version {version.number}"


def _markdown(text: str) -> str:
    return _MARKS.sub(r"\\\1", _plain(text))


def _plain(text: str) -> str:
    """Return a text on one line, without what would steer a terminal (Unicode C)."""
    shown = "".join(
        " " if unicodedata.category(char)[0] in "CZ" else char
        for char in text[: _MOST_TEXT + 1]
    )
    cut = shown if len(shown) <= _MOST_TEXT else shown[:_MOST_TEXT] + "…"
    return " ".join(cut.split())
