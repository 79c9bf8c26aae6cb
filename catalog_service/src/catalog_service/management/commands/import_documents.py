"""Import the OpenAPI documents of a folder."""

from __future__ import annotations

import getpass
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from catalog_service.admitting.offers import Offer, Provenance, look_at
from catalog_service.admitting.versions import Admission, admit
from catalog_service.documents import DocumentError, TooLargeError
from catalog_service.documents.limits import MAX_JSON_BYTES
from catalog_service.examining import Outcome

_AT_ONCE = 2
_AHEAD = 20


class Command(BaseCommand):
    """`import_documents DIR`: every file in, or refused with its reason."""

    help = "Import every OpenAPI document below a folder; the rest is refused."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder, and what to say of what is in it."""
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument("--owner", default="", help="who answers for the APIs")
        parser.add_argument(
            "--dry-run", action="store_true", help="read everything, keep nothing"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        """Import, tell of each file what came of it, and count at the end."""
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder")
        start, counts = perf_counter(), Counter[str]()
        files = sorted(_files(folder))
        for number, (path, looked) in enumerate(_look_at_all(files), start=1):
            name = path.relative_to(folder).as_posix()
            line, key = self._take(path, looked, name=name, options=options)
            counts[key] += 1
            self.stdout.write(f"[{number}/{len(files)}] {name}: {line}")
        self._summarise(counts, perf_counter() - start)

    def _take(
        self,
        path: Path,
        looked: Outcome | DocumentError,
        *,
        name: str,
        options: dict[str, Any],
    ) -> tuple[str, str]:
        """Keep a document; return what to say, and under what to count it."""
        if isinstance(looked, DocumentError):
            return f"refused: {looked}", "refused"
        validity = "valid" if looked.is_valid else "invalid"
        outcome = "read"
        if not options["dry_run"]:
            key = f"imported:{options['folder'].resolve().name}/{name}"
            outcome = _kept(_admit(path, looked, key, options["owner"]))
        told = f"{looked.specification}, {validity}"
        return f"{outcome}, {told}", f"{looked.facts['family']} {validity}"

    def _summarise(self, counts: Counter[str], seconds: float) -> None:
        refused, total = counts.pop("refused", 0), counts.total()
        rate = total / seconds if seconds else 0
        self.stdout.write(f"{total} documents, {refused} files refused")
        for key in sorted(counts):
            self.stdout.write(f"  {key}: {counts[key]}")
        self.stdout.write(f"{seconds:.1f} s, {rate:.1f} documents a second")


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder; hidden ones, and links out of it, are not."""
    for path in folder.rglob("*"):
        is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not path.is_symlink() and not is_hidden:
            yield path


def _look_at_all(files: list[Path]) -> Iterator[tuple[Path, Outcome | DocumentError]]:
    """Look at files, a few at once and not too far ahead, in their order."""
    with ThreadPoolExecutor(_AT_ONCE) as workers:
        for start in range(0, len(files), _AHEAD):
            some = files[start : start + _AHEAD]
            yield from zip(some, workers.map(_look_at, some), strict=True)


def _look_at(path: Path) -> Outcome | DocumentError:
    try:
        if path.stat().st_size > MAX_JSON_BYTES:
            raise TooLargeError(f"the document has more than {MAX_JSON_BYTES:,} bytes")
        return look_at(path.read_bytes(), base_url="")
    except DocumentError as error:
        return error
    except OSError as error:
        return DocumentError(f"cannot be read: {error.strerror}")


def _admit(path: Path, looked: Outcome, key: str, owner: str) -> Admission:
    provenance = Provenance("", "", timezone.now(), getpass.getuser())
    raw = path.read_bytes()
    return admit(Offer(raw, looked, key, provenance, owner=owner))


def _kept(admission: Admission) -> str:
    if not admission.is_changed:
        return "unchanged"
    return "new" if admission.is_new_api else f"version {admission.version.number}"
