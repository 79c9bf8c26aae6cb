"""The locks are fresh, hold for every machine, and name none."""

import re
import shutil
from pathlib import Path

import pytest

from development.errors import DevelopmentError
from development.installing import locked_block
from development.locks import LOCKS, stale_locks
from development.places import ROOT

HASHED = [lock.path for lock in LOCKS if lock.hashed]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    for lock in LOCKS:
        for name in (lock.path, *lock.sources, "overrides.txt"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_it_finds_the_committed_locks_fresh(clone):
    assert stale_locks(clone) == []


def test_it_finds_a_new_dependency_not_locked(clone):
    setup = clone / "data_service" / "setup.py"
    text = setup.read_text("utf-8")
    setup.write_text(text.replace("install_requires=[", 'install_requires=["six",'))

    stale = stale_locks(clone)

    assert "data_service/requirements.txt" in stale
    assert "requirements-dev.txt" in stale
    assert "catalog_service/requirements.txt" not in stale


def test_it_lets_a_comment_change(clone):
    for setup in clone.glob("*/setup.py"):
        setup.write_text(setup.read_text("utf-8") + "\n# A thought.\n", "utf-8")

    assert stale_locks(clone) == []


def test_it_finds_a_lock_missing(clone):
    (clone / "shared" / "requirements.txt").unlink()

    assert "shared/requirements.txt" in stale_locks(clone)


@pytest.mark.parametrize("path", [lock.path for lock in LOCKS])
def test_it_names_no_place_of_packages(path):
    lines = (ROOT / path).read_text("utf-8").splitlines()

    named = [
        line for line in lines if re.search(r"https?:|file:|--\w+-?index|find-l", line)
    ]

    assert named == []


@pytest.mark.parametrize("path", HASHED)
def test_it_locks_for_more_machines_than_this_one(path):
    requirements = re.split(r"\n(?=\w)", (ROOT / path).read_text("utf-8"))[1:]

    without = [text.split()[0] for text in requirements if "--hash=sha256:" not in text]

    assert without == []


def test_it_cuts_one_package_out_of_a_lock():
    lock = (
        "a==1 \\\n    --hash=sha256:00\nuv==2 \\\n    --hash=sha256:01\n    # via x\n"
    )

    assert locked_block(lock, "uv") == "uv==2 \\\n    --hash=sha256:01\n"


def test_it_says_when_a_package_is_not_locked():
    with pytest.raises(
        DevelopmentError, match="uv is not in the lock: run `make lock`"
    ):
        locked_block("a==1\n", "uv")
