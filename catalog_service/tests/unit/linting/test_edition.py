"""The edition of the rules."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from catalog_service.linting import edition as module_edition
from catalog_service.linting.edition import edition


def test_it_is_another_when_a_rule_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Path(edition.__wrapped__.__code__.co_filename).parent
    copy = tmp_path / "linting"
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setitem(edition.__wrapped__.__globals__, "__file__", f"{copy}/e.py")

    assert edition.__wrapped__() == module_edition()
    (copy / "rules" / "semver.py").write_text("RULE = None\n")
    assert edition.__wrapped__() != module_edition()
