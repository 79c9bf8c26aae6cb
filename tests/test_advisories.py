"""A known weakness stops a release, unless it is accepted with a reason and a date."""

import json
import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from development import advisories
from development.errors import DevelopmentError
from development.places import ROOT

TODAY = date(2026, 6, 1)
CLEAN = {"dependencies": [{"name": "tree", "version": "1.0", "vulns": []}]}
FOUND = {
    "dependencies": [
        {
            "name": "tree",
            "version": "1.0",
            "vulns": [
                {
                    "id": "PYSEC-2026-1",
                    "aliases": ["CVE-2026-1", "GHSA-1"],
                    "fix_versions": ["1.1"],
                }
            ],
        }
    ]
}
SKIPPED = {"dependencies": [{"name": "tree", "skip_reason": "not found"}]}
ENTRY = """
[[accepted]]
id = "CVE-2026-1"
package = "tree"
reason = "We plant none."
until = 2026-06-01
"""


def accepted(tmp_path: Path, text: str) -> list[advisories.Acceptance]:
    path = tmp_path / "accepted.toml"
    path.write_text(text, "utf-8")
    return advisories.read_accepted(path)


def judged(outcome, accepted, today=TODAY):
    return advisories.judge(advisories.advisories(outcome), accepted, today)


def test_it_lets_pass_what_nothing_is_known_of():
    assert judged(CLEAN, []) == []


def test_it_stops_at_an_advisory():
    (line,) = judged(FOUND, [])

    assert line.startswith("tree 1.0: PYSEC-2026-1, CVE-2026-1, GHSA-1; mended in 1.1")


def test_it_accepts_an_advisory_by_any_of_its_numbers(tmp_path):
    assert judged(FOUND, accepted(tmp_path, ENTRY)) == []


@pytest.mark.parametrize(
    ("old", "new"), [("CVE-2026-1", "CVE-2026-2"), ('"tree"', '"bush"')]
)
def test_it_accepts_no_other_one(tmp_path, old, new):
    assert judged(FOUND, accepted(tmp_path, ENTRY.replace(old, new)))


def test_it_stops_again_after_the_date(tmp_path):
    (line,) = judged(FOUND, accepted(tmp_path, ENTRY), date(2026, 6, 2))

    assert "was accepted until 2026-06-01" in line


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('reason = "We plant none."', "", "'reason' is missing or no text"),
        ('"We plant none."', '""', "'reason' is missing or no text"),
        ("until = 2026-06-01", "", "'until' is missing or no date"),
        ("until = 2026-06-01", 'until = "soon"', "such as 2027-01-31"),
    ],
)
def test_it_wants_a_reason_and_a_date(tmp_path, old, new, reason):
    with pytest.raises(DevelopmentError, match=reason):
        accepted(tmp_path, ENTRY.replace(old, new))


@pytest.mark.parametrize(
    ("outcome", "override", "code"),
    [
        (CLEAN, "", 0),
        (FOUND, "", 1),
        (FOUND, "we must", 1),
        (SKIPPED, "", 2),
        (SKIPPED, "no way out of this network", 0),
        (None, "", 2),
        (None, "no way out of this network", 2),
    ],
)
def test_the_stage_ends_with_what_was_found(tmp_path, outcome, override, code):
    """The stage runs in a folder of its own, with a pip-audit of ours."""
    stage = tmp_path / ".jenkins"
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    stage.mkdir()
    for name in ("audit", "stage.sh"):
        (stage / name).write_bytes((ROOT / ".jenkins" / name).read_bytes())
    (tmp_path / "docker-compose.yml").write_text("image: kade/trees\n")
    wish = f"echo '{json.dumps(outcome)}' >build/audit.json; " if outcome else ""
    write_program(programs / "pip-audit", f"{wish}exit 1")
    write_program(programs / "python", f'exec "{ROOT}/.venv/bin/python" "$@"')

    ended = subprocess.run(
        ["bash", stage / "audit"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "AUDIT_OVERRIDE": override},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == code, ended.stdout + ended.stderr


def write_program(path: Path, text: str) -> None:
    path.write_text(f"#!/usr/bin/env bash\n{text}\n")
    path.chmod(0o755)


def test_it_accepts_nothing_by_mistake():
    advisories.read_accepted(advisories.ACCEPTED)
