"""The colours and words of badges."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from catalog_service.judging.badges import draw


@pytest.mark.parametrize(
    ("score", "colour", "words"),
    [
        (100, "#17653b", "100/100"),
        (80, "#17653b", "80/100"),
        (79, "#7a4a00", "79/100"),
        (49, "#a01c1c", "49/100"),
        (0, "#a01c1c", "0/100"),
        (None, "#515e69", "not judged"),
    ],
)
def test_it_has_the_colour_of_the_score(
    score: int | None, colour: str, words: str
) -> None:
    drawn = draw(score).decode()

    ElementTree.fromstring(drawn)  # noqa: S314
    assert colour in drawn
    assert f">{words}</text>" in drawn
