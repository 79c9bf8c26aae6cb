"""Why a text is no geometry."""

from __future__ import annotations

import pytest

from data_service.importing.converting import why_no_geometry

RING = "[[0,0],[1,0],[1,1],[0,0]]"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("nothing", "is no geometry in WKT or GeoJSON"),
        ("[]", "is no geometry in WKT or GeoJSON"),
        ('{"type":"Point"}', "is a Point without coordinates"),
        ('{"type":"Point","coordinates":["a",1]}', "coordinates that make no Point"),
        ('{"type":"Polygon","coordinates":[[[0,0],[1,0]]]}', "ring 1 has fewer than"),
        (
            f'{{"type":"Polygon","coordinates":[{RING},[[0,0],[1,0],[1,1],[2,2]]]}}',
            "ring 2 is not closed",
        ),
        ('{"type":"MultiPolygon","coordinates":[[5]]}', "ring 1 has fewer"),
        ('{"type":"MultiPolygon","coordinates":[5]}', "make no MultiPolygon"),
    ],
)
def test_it_says_why(text: str, reason: str) -> None:
    assert reason in why_no_geometry(text)
