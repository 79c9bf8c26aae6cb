"""What changes ask of a version number, and whether it was given."""

from __future__ import annotations

from typing import Any

import pytest

from catalog_service.diffing import Bump, Verdict, compare, suggest_bump, version_agrees

from .factories import document, operation, parameter

OLD = {"/a": operation(), "/b": operation()}
NEW = {
    Bump.MAJOR: {"/a": operation()},
    Bump.MINOR: {"/a": operation(), "/b": operation(parameters=[parameter()])},
    Bump.PATCH: {"/a": operation(summary="All"), "/b": operation()},
    Bump.NONE: OLD,
}


def at(version: Any, paths: Any = OLD) -> dict[str, Any]:
    return document(paths, info={"title": "Bridges", "version": version})


@pytest.mark.parametrize("bump", Bump)
def test_it_suggests(bump: Bump) -> None:
    old, new = at("1.0.0"), at("1.0.0", NEW[bump])

    changes = compare(old, new)

    assert suggest_bump(changes, reworded=old != new) is bump
    assert version_agrees(old, new, changes).suggested is bump


@pytest.mark.parametrize(
    ("old", "new", "bump", "verdict"),
    [
        ("1.2.3", "2.0.0", Bump.MAJOR, Verdict.AGREES),
        ("1.2.3", "1.3.0", Bump.MAJOR, Verdict.RAISED_TOO_LITTLE),
        ("1.2.3", "1.2.3", Bump.MAJOR, Verdict.NOT_RAISED),
        ("0.2.3", "0.3.0", Bump.MAJOR, Verdict.AGREES),
        ("1.2.3", "1.2.4", Bump.MINOR, Verdict.RAISED_TOO_LITTLE),
        ("1.2.3", "2.0.0", Bump.MINOR, Verdict.AGREES),
        ("1.2.3", "1.2.4", Bump.PATCH, Verdict.AGREES),
        ("1.2.3", "1.2.3", Bump.NONE, Verdict.AGREES),
        ("1.2.3", "1.2.2", Bump.NONE, Verdict.LOWERED),
        ("1.0.0-rc.1", "1.0.0", Bump.PATCH, Verdict.AGREES),
        ("1.0.0", "1.0.0-rc.1", Bump.NONE, Verdict.LOWERED),
        ("v1", "v2", Bump.MAJOR, Verdict.AGREES),
        (1, 2.0, Bump.MAJOR, Verdict.AGREES),
        ("2026-01-01", "2026-02-01", Bump.MAJOR, Verdict.UNREADABLE),
        (None, "1.0.0", Bump.NONE, Verdict.UNREADABLE),
        ("1" * 50, "1", Bump.NONE, Verdict.UNREADABLE),
    ],
)
def test_it_judges_the_version(
    old: Any, new: Any, bump: Bump, verdict: Verdict
) -> None:
    before, after = at(old), at(new, NEW[bump])

    agreement = version_agrees(before, after, compare(before, after))

    assert agreement.verdict is verdict
    assert agreement.agrees is (verdict is Verdict.AGREES)
    assert agreement.sentence.endswith(".")


@pytest.mark.parametrize(("old", "step"), [("0.2.3", "minor"), ("1.2.3", "major")])
def test_it_names_the_step_that_will_do(old: str, step: str) -> None:
    before, after = at(old), at(old, NEW[Bump.MAJOR])

    agreement = version_agrees(before, after, compare(before, after))

    assert agreement.sentence.endswith(f"ask for a {step} step.")
    assert agreement.suggested is Bump.MAJOR


def test_it_bears_depth() -> None:
    old, new = at("1.0.0"), at("1.0.0")
    for document_ in (old, new):
        deep: Any = {}
        for _ in range(20_000):
            deep = [deep]
        document_["x-deep"] = deep

    assert version_agrees(old, new, ()).suggested is Bump.PATCH
