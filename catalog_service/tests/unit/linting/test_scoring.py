"""How findings become a score."""

from __future__ import annotations

import pytest

from catalog_service.linting import Finding, Kind, Severity, score


def _findings(rule: str, severity: Severity, count: int) -> list[Finding]:
    finding = Finding(
        rule, severity, Kind.DESIGN, "/a", "Nee.", "No.", "", stricter=False
    )
    return [finding] * count


@pytest.mark.parametrize(
    ("errors", "warnings", "expected"),
    [
        (0, 0, 100),
        (1, 0, 95),
        (2, 0, 94),
        (500, 0, 90),
        (0, 1, 98),
        (0, 500, 98),
        (500, 500, 88),
    ],
)
def test_it_counts_rules_and_places(errors: int, warnings: int, expected: int) -> None:
    found = _findings("a", Severity.ERROR, errors) + _findings(
        "b", Severity.WARN, warnings
    )

    assert score(found) == expected


def test_it_never_goes_below_zero() -> None:
    found = [one for n in range(20) for one in _findings(str(n), Severity.ERROR, 50)]

    assert score(found) == 0


def test_it_takes_nothing_off_for_information() -> None:
    assert score(_findings("a", Severity.INFO, 9)) == 100
