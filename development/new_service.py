"""`make service NAME=parking`: one more service with the face of the others.

copier renders `template/` beside the repository; when all of it is right, the folder
moves in and its entries go to their marks (ADR 0031).
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from copier import run_copy

from development import locks
from development.entries import read_entries, with_entries
from development.errors import DevelopmentError, finish
from development.places import ROOT, SERVICES, Service
from development.service_names import refuse_unfit

TEMPLATE = ROOT / "template"
AFTERWARDS = """\
{name} stands in its folder; git diff shows what else changed. Now:
  make check                       # format, lint, types, contracts, migrations, locks
  make test ARGS={name}/tests
  make run                         # it answers on http://localhost:{port}
Then docs/new-service.md, from "What to do first".\
"""


def main() -> int:
    """Make the service, or say what would be made."""
    parser = argparse.ArgumentParser(prog="make service", description=__doc__)
    parser.add_argument("name", help="its package and folder, such as parking")
    parser.add_argument("--dry-run", action="store_true", help="only say what")
    chosen = parser.parse_args()
    make_service(chosen.name, dry_run=chosen.dry_run)
    return 0


def make_service(name: str, *, dry_run: bool, root: Path = ROOT) -> None:
    """Make the service; nothing is written when anything is wrong.

    Raises:
        DevelopmentError: the name is not fit, a mark is missing, a lock is stale.
    """
    refuse_unfit(name, root)
    if stale := locks.stale_locks(root):
        raise DevelopmentError(f"{', '.join(stale)}: make lock first.")
    port = next_port(SERVICES.values())
    with tempfile.TemporaryDirectory() as place:
        rendered = Path(place)
        _render(rendered, name, port)
        texts = with_entries(root, read_entries(rendered / "entries.yml"))
        if dry_run:
            _tell(rendered / name, texts, root)
            return
        shutil.move(rendered / name, root / name)
    for path, text in texts.items():
        (root / path).write_text(text, "utf-8")
    _tidy(name, root)
    locks.adopt(name, root)
    print(AFTERWARDS.format(name=name, port=port))


def next_port(services: Iterable[Service]) -> int:
    """Give the port after the last one."""
    return max(service.port for service in services) + 1


def _render(place: Path, name: str, port: int) -> None:
    run_copy(
        str(TEMPLATE),
        place,
        data={"name": name, "port": port},
        defaults=True,
        quiet=True,
    )


def _tidy(name: str, root: Path) -> None:
    """Sort imports and break lines: both depend on the name."""
    ruff = [sys.executable, "-m", "ruff"]
    changed = (name, "development/places.py")
    for verb in (["check", "--select", "I", "--fix"], ["format"]):
        subprocess.run([*ruff, *verb, "--quiet", *changed], cwd=root, check=True)


def _tell(folder: Path, texts: dict[str, str], root: Path) -> None:
    print(f"Would make {folder.name}/:")
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            print(f"  {file.relative_to(folder.parent)}")
    print("Would add lines to:")
    for path, text in texts.items():
        added = len(text.splitlines()) - len((root / path).read_text().splitlines())
        print(f"  {path}: {added}")


if __name__ == "__main__":
    finish(main)
