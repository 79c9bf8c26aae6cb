"""`make service` refuses what cannot become a service, and writes nothing then."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from development import new_service
from development.entries import Entry, with_entries
from development.errors import DevelopmentError
from development.places import ROOT, Service
from development.service_names import refuse_unfit

NAME = "trial_of_the_template"  # that no service will ever have
COPIED = ("setup.py", "places.py", ".txt", ".in", ".yml", ".env", ".toml")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A copy of what git knows of the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("this is no git repository")
    for name in filter(None, listed.stdout.decode().split("\0")):
        if name.endswith(COPIED):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def contents(folder: Path) -> dict[str, str]:
    """Give the text of each file by its path."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_text("utf-8") for path in files}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "name the service: make service NAME=parking"),
        ("Parking", "use lower-case letters"),
        ("2parking", "a letter first"),
        ("bike-parking", "single underscores"),
        ("bike__parking", "single underscores"),
        ("../parking", "use lower-case letters"),
        ("parking\n", "use lower-case letters"),
        ("p" * 25, "at most 24"),
        ("class", "a word of Python"),
        ("match", "a word of Python"),
        ("shared", "there is a shared at the root"),
        ("data_service", "there is a data_service at the root"),
        ("json", "a package of that name is installed already"),
        ("django", "a package of that name is installed already"),
        ("data", "DATA_PORT is the port of data_service"),
        ("postgres", "docker-compose.yml has postgres already"),
        ("data_worker", "docker-compose.yml has data_worker already"),
    ],
)
def test_it_refuses_a_name(clone, name, reason):
    before = contents(clone)

    with pytest.raises(DevelopmentError) as refused:
        new_service.make_service(name, dry_run=False, root=clone)

    assert str(refused.value).startswith(f"NAME is '{name}': ")
    assert reason in str(refused.value)
    assert contents(clone) == before


@pytest.mark.parametrize("name", [NAME, "quay_wall_service", "q2"])
def test_it_lets_a_name_pass(name):
    refuse_unfit(name)


def test_it_fits_in_lines_and_order_whatever_the_name(clone):
    name = "trees_and_shrubs_of_town"

    new_service.make_service(name, dry_run=False, root=clone)

    for verb in (["check"], ["format", "--check"]):
        outcome = subprocess.run(
            [sys.executable, "-m", "ruff", *verb, name, "development/places.py"],
            cwd=clone,
            capture_output=True,
            text=True,
            check=False,
        )
        assert outcome.returncode == 0, outcome.stdout


def test_it_only_tells_what_it_would_do(clone, capsys):
    before = contents(clone)

    new_service.make_service(NAME, dry_run=True, root=clone)

    printed = capsys.readouterr().out
    assert f"{NAME}/src/{NAME}/models.py" in printed
    assert "docker-compose.yml: " in printed
    assert contents(clone) == before


def test_it_writes_nothing_when_a_mark_is_gone(clone):
    compose = clone / "docker-compose.yml"
    compose.write_text(compose.read_text().replace("# new service: keys", ""))
    before = contents(clone)

    with pytest.raises(DevelopmentError, match="has 0 lines '# new service: keys'"):
        new_service.make_service(NAME, dry_run=False, root=clone)

    assert contents(clone) == before


def test_it_asks_for_fresh_locks_first(clone):
    (clone / "shared" / "requirements.txt").write_text("# another\n")

    with pytest.raises(DevelopmentError, match=r"shared/requirements.txt: make lock"):
        new_service.make_service(NAME, dry_run=False, root=clone)


def test_it_puts_a_text_before_its_mark(tmp_path):
    (tmp_path / "list").write_text("a:\n  - b\n  # new service: x (above)\nc\n")

    texts = with_entries(tmp_path, [Entry("list", "x", "- d\n\n- e\n")])

    assert texts["list"] == (
        "a:\n  - b\n  - d\n\n  - e\n  # new service: x (above)\nc\n"
    )


def test_it_gives_the_next_port():
    services = [Service("a", "b", 8009), Service("c", "d", 1)]

    assert new_service.next_port(services) == 8010
