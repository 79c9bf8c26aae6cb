"""The gate on coverage: of everything, and of every file."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from development.places import PYTHON, ROOT

OVERALL = 90.0
PER_FILE = 85.0


def report(place: Path, artefacts: Path) -> bool:
    """Combine what was measured, print what falls short, and tell if any does.

    Args:
        place: the folder with the measurements, a file `.coverage-*` per suite.
        artefacts: the folder that `coverage.xml` goes to.
    """
    data = f"--data-file={place / '.coverage'}"
    parts = sorted(str(path) for path in place.glob(".coverage-*"))
    _coverage("combine", "--quiet", data, *parts)
    # Tests run copies of the code elsewhere too, which are gone by now.
    own = ("--quiet", data, f"--include={ROOT}/*")
    _coverage("xml", *own, "-o", str(artefacts / "coverage.xml"))
    measured = place / "coverage.json"
    _coverage("json", *own, "-o", str(measured))
    contents = json.loads(measured.read_text("utf-8"))
    files = {
        name: float(file["summary"]["percent_covered"])
        for name, file in contents["files"].items()
    }
    overall = float(contents["totals"]["percent_covered"])
    print(f"Coverage {overall:.1f} % with branches, at least {OVERALL:.0f} % is asked")
    for line in shortfalls(files):
        print(line)
    return overall < OVERALL or bool(shortfalls(files))


def shortfalls(files: Mapping[str, float]) -> list[str]:
    """Write a line for each file under the bar, the worst first."""
    under = sorted((share, name) for name, share in files.items() if share < PER_FILE)
    return [
        f"  {share:5.1f} %  {name} (at least {PER_FILE:.0f} %)" for share, name in under
    ]


def _coverage(*arguments: str) -> None:
    subprocess.run([str(PYTHON), "-m", "coverage", *arguments], cwd=ROOT, check=False)
