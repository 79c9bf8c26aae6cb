"""What is committed names no machine, no user's folder and no package host."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Written in pieces, so that this file does not hold what it looks for.
HOSTS = (
    r"files\.python" + r"hosted\.org",
    r"pypi\.org/" + r"simple",
    r"registry\.npm" + r"js\.org",
    r"(deb|security)\.debian" + r"\.org",
    r"index-url[ =]+" + r"https?:",
)
FOLDERS = (
    r"(?<![\w.~-])/" + r"(work|farm|Users)/",
    r"(?<![\w.~-])/" + r"home/\w+/",
    r"(?<![\w.~-])/" + r"root/(?!\.cache/pip)",  # a cache mount of image builds
)
FORBIDDEN = re.compile("|".join((*HOSTS, *FOLDERS)))


def faults(text: str) -> list[str]:
    return [match.group() for match in FORBIDDEN.finditer(text)]


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False
    )
    if listed.returncode:
        pytest.skip("this is no git repository")
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return [path for path in paths if path.is_file()]


def test_it_names_no_machine() -> None:
    found = {
        str(path.relative_to(ROOT)): faults(path.read_text("utf-8", errors="replace"))
        for path in tracked_files()
    }

    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize(
    "text",
    [
        "see https://files.python" + "hosted.org/packages/x.whl",
        "--index-url " + "https://mirror.example.org/",
        "cd /" + "work/main",
        "open('/" + "home/ada/kade/x.csv')",
    ],
)
def test_it_catches_the_word(text: str) -> None:
    assert faults(text)


@pytest.mark.parametrize("text", ["a/work/b", "/homes/of/people", "~/home/x/"])
def test_it_lets_other_paths_pass(text: str) -> None:
    assert faults(text) == []
