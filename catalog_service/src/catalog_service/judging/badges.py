"""A badge: the score as a small picture that stands alone, for a README.

It holds no style, script, font or address of elsewhere, and says in words what it shows
(WAI-ARIA: role, title). White on its colours has a contrast of 5 or more.
"""

from __future__ import annotations

from django.utils.html import escape

LABEL = "API Design Rules"
# Raise it when a badge of the same score is drawn otherwise.
FORM = 1
_HEIGHT, _PADDING = 20, 8
_WIDE = 6.6  # of a letter of 11 pixels in a common font without serifs
_BLANK = "#515e69"
_COLOURS = ((80, "#17653b"), (50, "#7a4a00"), (0, "#a01c1c"))


def draw(score: int | None) -> bytes:
    """Draw the badge of a score; without one it says so."""
    value = "not judged" if score is None else f"{score}/100"
    title = escape(f"{LABEL}: {value}")
    left, right = _width(LABEL), _width(value)
    both = left + right
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" width="{both}" height="{_HEIGHT}" \
viewBox="0 0 {both} {_HEIGHT}" role="img" aria-label="{title}">
<title>{title}</title>
<rect width="{both}" height="{_HEIGHT}" rx="3" fill="#17232d"/>
<path d="M{left} 0h{right - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H{left}z" \
fill="{_colour(score)}"/>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" \
text-anchor="middle">
{_text(LABEL, left / 2, left)}
{_text(value, left + right / 2, right)}
</g>
</svg>
""".encode()


def _text(text: str, middle: float, width: int) -> str:
    """Write a text; its length is given, so that every font fits."""
    length = width - 2 * _PADDING
    return f'<text x="{middle:g}" y="14" textLength="{length}">{escape(text)}</text>'


def _width(text: str) -> int:
    return round(len(text) * _WIDE) + 2 * _PADDING


def _colour(score: int | None) -> str:
    if score is None:
        return _BLANK
    return next(colour for least, colour in _COLOURS if score >= least)
