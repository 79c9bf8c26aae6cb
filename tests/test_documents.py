"""What the documents point to exists, and every decision is in the index."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "[!.]*/README.md", "*/src/**/*.md")
    for path in ROOT.glob(pattern)
)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
RECORDS = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.name))
def test_it_points_to_what_exists(path: Path) -> None:
    targets = LINK.findall(path.read_text("utf-8"))

    assert [name for name in targets if not (path.parent / name).exists()] == []


def test_it_lists_every_decision() -> None:
    index = (ROOT / "docs" / "adr" / "README.md").read_text("utf-8")

    assert [path.name for path in RECORDS if f"({path.name})" not in index] == []


def test_it_mentions_no_decision_that_is_not_there() -> None:
    mentioned = {
        (number, path.name)
        for path in ROOT.glob("*/src/**/*.py")
        for number in re.findall(r"ADR (\d{4})|adr/(\d{4})", path.read_text("utf-8"))
    }
    known = {path.name[:4] for path in RECORDS}

    assert {each for each in mentioned if not known & set(each[0])} == set()


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.name)
def test_it_has_the_parts_of_a_decision(path: Path) -> None:
    text = path.read_text("utf-8")

    assert text.startswith(f"# {path.name[:4]}. ")
    for part in ("Context", "Decision", "Consequences"):
        assert f"\n## {part}\n" in text
