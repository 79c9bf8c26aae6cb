"""The contrast of the colours in the style sheet, by calculation (WCAG 2.2 §1.4)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shared import pages

_SHEET = Path(pages.__file__).parent / "static" / "shared" / "kade.css"
_TEXT = 4.5  # §1.4.3, AA
_CONTROL = 3.0  # §1.4.11: borders of controls, focus

_TEXT_PAIRS = [
    *(
        (ink, ground)
        for ink in ("ink", "muted", "link")
        for ground in (
            "paper",
            "surface",
            "sunken",
        )
    ),
    *(("on-brand", g) for g in ("brand", "get", "post", "put", "delete", "patch")),
    *(("ink", ground) for ground in ("good-soft", "warn-soft", "bad-soft")),
    *(("link", ground) for ground in ("good-soft", "warn-soft", "bad-soft")),
    ("good", "good-soft"),
    ("warn", "warn-soft"),
    ("bad", "bad-soft"),
]
_CONTROL_PAIRS = [
    *((line, ground) for line in ("edge", "focus") for ground in ("paper", "surface")),
]


def _themes() -> dict[str, dict[str, str]]:
    blocks = re.findall(r"\s:root \{([^}]*)\}", _SHEET.read_text())
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", b)) for b in blocks)
    return {"light": light, "dark": {**light, **dark}}


def _luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), _TEXT_PAIRS)
def test_it_can_be_read(theme: str, ink: str, ground: str) -> None:
    colours = _themes()[theme]

    assert _contrast(colours[ink], colours[ground]) >= _TEXT


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), _CONTROL_PAIRS)
def test_it_shows_controls(theme: str, line: str, ground: str) -> None:
    colours = _themes()[theme]

    assert _contrast(colours[line], colours[ground]) >= _CONTROL


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_shows_the_focus_in_the_header(theme: str) -> None:
    focus = re.search(r"\.bar a \{[^}]*--focus: (#\w{6})", _SHEET.read_text())

    assert focus
    assert _contrast(focus[1], _themes()[theme]["brand"]) >= _CONTROL


def test_it_has_no_colour_of_its_own_but_in_variables() -> None:
    rules = re.sub(r"(?s)@media print.*", "", _SHEET.read_text().split("@layer", 1)[1])

    assert re.findall(r"#[0-9a-f]{3,6}\b", rules) == ["#ffb27d"]


def test_it_stays_small() -> None:
    assert _SHEET.stat().st_size < 12_000
