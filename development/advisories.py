"""What an audit found, judged: each advisory is accepted with a reason, or stops us.

Reads the JSON of pip-audit and `.jenkins/accepted-advisories.toml`.
"""

import json
import os
import sys
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from development.errors import DevelopmentError, finish
from development.places import ROOT

ACCEPTED = ROOT / ".jenkins" / "accepted-advisories.toml"
COULD_NOT_ASK = 2
MEMBERS = {"id": str, "package": str, "reason": str, "until": date}


@dataclass(frozen=True)
class Advisory:
    """A known weakness of a package, under each of its numbers."""

    package: str
    version: str
    numbers: tuple[str, ...]
    mended_in: tuple[str, ...]

    def __str__(self) -> str:
        mended = f"mended in {', '.join(self.mended_in)}" if self.mended_in else ""
        numbers = ", ".join(self.numbers)
        return f"{self.package} {self.version}: {numbers}; {mended or 'not mended yet'}"


@dataclass(frozen=True)
class Acceptance:
    """An advisory that we bear until a date."""

    number: str
    package: str
    reason: str
    until: date

    def covers(self, advisory: Advisory) -> bool:
        """Tell whether it is about this advisory."""
        return self.package == advisory.package and self.number in advisory.numbers


def main() -> int:
    """Judge the outcome of the audit that the argument names."""
    (report,) = sys.argv[1:]
    outcome = _read_report(Path(report))
    if unasked := unasked_packages(outcome):
        print(f"Nobody could be asked about: {', '.join(unasked)}", file=sys.stderr)
        override = os.environ.get("AUDIT_OVERRIDE", "").strip()
        if not override:
            return COULD_NOT_ASK
        print(f"It goes on all the same: {override}", file=sys.stderr)
    today = datetime.now(UTC).date()
    lines = judge(advisories(outcome), read_accepted(ACCEPTED), today)
    for line in lines:
        print(line, file=sys.stderr)
    print(f"{len(outcome['dependencies'])} packages, {len(lines)} reasons to stop")
    return int(bool(lines))


def judge(
    found: Iterable[Advisory], accepted: Sequence[Acceptance], today: date
) -> list[str]:
    """Write a line for each advisory that is not accepted, or no longer."""
    lines = []
    for advisory in found:
        acceptance = next((each for each in accepted if each.covers(advisory)), None)
        if acceptance is None:
            lines.append(f"{advisory}; take that version, or accept it with a reason")
        elif acceptance.until < today:
            lines.append(f"{advisory}; was accepted until {acceptance.until}")
    return lines


def advisories(outcome: dict[str, Any]) -> list[Advisory]:
    """Read the advisories of an audit."""
    return [
        Advisory(
            package["name"],
            package["version"],
            (found["id"], *found.get("aliases", ())),
            tuple(found.get("fix_versions", ())),
        )
        for package in outcome["dependencies"]
        for found in package.get("vulns", ())
    ]


def unasked_packages(outcome: dict[str, Any]) -> list[str]:
    """Name the packages that the service of advisories did not know."""
    return [each["name"] for each in outcome["dependencies"] if "skip_reason" in each]


def read_accepted(path: Path) -> list[Acceptance]:
    """Read what is accepted.

    Raises:
        DevelopmentError: an entry lacks something, or has it in another form.
    """
    entries = tomllib.loads(path.read_text("utf-8")).get("accepted", [])
    for number, entry in enumerate(entries, 1):
        for name, kind in MEMBERS.items():
            if not (isinstance(entry.get(name), kind) and entry[name]):
                raise DevelopmentError(
                    f"{path.name}, entry {number}: '{name}' is missing or no"
                    f" {'date such as 2027-01-31' if kind is date else 'text'}."
                )
    return [
        Acceptance(each["id"], each["package"], each["reason"], each["until"])
        for each in entries
    ]


def _read_report(path: Path) -> dict[str, Any]:
    if not path.is_file():
        print("The audit left no outcome, see above.", file=sys.stderr)
        sys.exit(COULD_NOT_ASK)
    outcome: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return outcome


if __name__ == "__main__":
    finish(main)
