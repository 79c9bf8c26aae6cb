"""`make test`: every suite against a PostgreSQL 18 of its own, coverage as a gate.

Each service has settings of its own, so each suite is a run of pytest of its own.
Arguments go to pytest; with any, fewer tests may run and coverage is no gate.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from development import postgres, uncovered
from development.databases import ensure_database
from development.errors import finish
from development.places import ARTEFACTS, PYTHON, ROOT, SERVICES
from development.settings_page import documented_names

NOTHING_COLLECTED = 5  # pytest's exit code
TAKES_VALUE = frozenset({"-c", "-k", "-m", "-n", "-o", "-p", "-W"})


@dataclass(frozen=True)
class Suite:
    """Tests that share their settings."""

    name: str
    settings: str = ""

    @property
    def folder(self) -> Path:
        """Give where the tests stand."""
        return (
            ROOT / "tests" if self.name == "repository" else ROOT / self.name / "tests"
        )


SUITES = (
    Suite("shared", "project.settings"),
    *(Suite(service, f"{service}.settings") for service in SERVICES),
    Suite("repository"),
)


def main() -> int:
    """Run the suites that the arguments ask for."""
    arguments = sys.argv[1:]
    started = time.monotonic()
    ARTEFACTS.mkdir(exist_ok=True)
    # Measured in a place of its own: two runs in one clone do not mix.
    with postgres.passing() as server, tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        place.chmod(0o711)  # what root's tests start as another user stands below
        suites = chosen_suites(arguments)
        codes = [_run(suite, arguments, server, place) for suite in suites]
        failed = any(code not in (0, NOTHING_COLLECTED) for code in codes)
        failed = failed or all(code == NOTHING_COLLECTED for code in codes)
        if not arguments:
            failed = uncovered.report(place, ARTEFACTS) or failed
        counts = merge_junit(sorted(place.glob("*.xml")), ARTEFACTS / "junit.xml")
    print(closing_line(counts, time.monotonic() - started))
    return int(failed)


def chosen_suites(arguments: list[str]) -> list[Suite]:
    """Give the suites that hold the files named by the arguments; all without any."""
    paths = _paths(arguments)
    existing = [suite for suite in SUITES if suite.folder.is_dir()]
    if not paths:
        return existing
    return [
        suite
        for suite in existing
        if any(path.is_relative_to(suite.folder) for path in paths)
    ]


def merge_junit(reports: list[Path], target: Path) -> dict[str, int]:
    """Join the reports into one, and count the outcomes."""
    counts = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    merged = ElementTree.Element("testsuites")
    for report in reports:
        for suite in ElementTree.parse(report).iter("testsuite"):  # noqa: S314 ours
            merged.append(suite)
            for name in counts:
                counts[name] += int(suite.get(name, "0"))
    ElementTree.ElementTree(merged).write(target, "utf-8", xml_declaration=True)
    return counts


def closing_line(counts: dict[str, int], seconds: float) -> str:
    """Write the last line as pytest does."""
    bad = counts["failures"] + counts["errors"] + counts["skipped"]
    outcomes = {
        "failed": counts["failures"],
        "passed": counts["tests"] - bad,
        "skipped": counts["skipped"],
        "errors": counts["errors"],
    }
    told = [f"{count} {word}" for word, count in outcomes.items() if count]
    return f"===== {', '.join(told) or 'no tests ran'} in {seconds:.0f}s ====="


def _paths(arguments: list[str]) -> list[Path]:
    previous = ["", *arguments]
    named = [
        ROOT / argument.partition("::")[0]
        for before, argument in zip(previous, arguments, strict=False)
        if not argument.startswith("-") and before not in TAKES_VALUE
    ]
    return [path for path in named if path.exists()]


def _run(
    suite: Suite, arguments: list[str], server: postgres.Server, place: Path
) -> int:
    print(f"===== {suite.name} =====", flush=True)
    command = [str(PYTHON), "-m", "pytest", "-n", "2", "--dist", "loadfile"]
    command += ["-p", "development.sharing_out", "--no-loadscope-reorder"]
    command += [f"--junitxml={place / suite.name}.xml"]
    command += [] if _paths(arguments) else [str(suite.folder)]
    command += arguments or ["--cov", "--cov-report="]
    environment = _environment(suite, server)
    environment["TMPDIR"] = str(place)  # whatever is left in it goes with it
    ensure_database(environment["DATABASE_URL"], "PostgreSQL")
    environment["COVERAGE_FILE"] = str(place / f".coverage-{suite.name}")
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def _environment(suite: Suite, server: postgres.Server) -> dict[str, str]:
    """Give what the suite starts with: of the services' settings, only the tests'."""
    variables = {
        "DATABASE_URL": server.cluster.url(suite.name),
        "SECRET_KEY": "only the tests know this one, which is long enough",
        "DJANGO_SETTINGS_MODULE": suite.settings,
        "PYTHONPATH": _python_path(suite),
    }
    inherited = without_settings(os.environ)
    return {**inherited, **{name: text for name, text in variables.items() if text}}


def without_settings(environment: Mapping[str, str]) -> dict[str, str]:
    """Leave out what the developer's shell tells services and the verbs of `make`.

    What begins with KADE_ is for the tests themselves.
    """
    names = {name for name in documented_names() if not name.startswith("KADE_")}
    files = {f"{name}_FILE" for name in names}
    settings = {"DJANGO_SETTINGS_MODULE", *names, *files}
    return {name: text for name, text in environment.items() if name not in settings}


def _python_path(suite: Suite) -> str:
    """Put the suite's factories and assertions before what the caller has."""
    given = os.environ.get("PYTHONPATH", "")
    return os.pathsep.join(filter(None, (str(suite.folder), given)))


if __name__ == "__main__":
    finish(main)
