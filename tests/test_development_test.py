"""`make test` chooses suites, counts outcomes and holds the bar of coverage."""

import pytest
from coverage import CoverageData

from development import postgres, uncovered
from development import test as testing
from development.places import ROOT, SERVICES

EVERY = ["shared", *SERVICES, "repository"]
REPORT = """<testsuites><testsuite tests="{tests}" failures="{failures}" errors="0"
skipped="1"><testcase name="x"/></testsuite></testsuites>"""


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        ([], EVERY),
        (["-k", "shared"], EVERY),
        (["shared/tests", "-q"], ["shared"]),
        (["tests/test_structure.py::test_x"], ["repository"]),
    ],
)
def test_it_chooses_the_suites_of_the_files_named(arguments, names):
    assert [suite.name for suite in testing.chosen_suites(arguments)] == names


def test_it_keeps_the_path_of_the_caller(monkeypatch):
    """Two clones may share a `.venv`, whose own packages come last."""
    monkeypatch.setenv("PYTHONPATH", "/another/clone/src")

    path = testing._python_path(testing.Suite("shared"))

    assert path.endswith("shared/tests:/another/clone/src")


@pytest.mark.parametrize(
    "name",
    [
        "ACCESS_LOG",
        "DEBUG",
        "DJANGO_SETTINGS_MODULE",
        "ROWS_DATABASE_URL",
        "SECRET_KEY_FILE",
        "WEB_BIND",
        "WORKER_HEARTBEAT_FILE",
    ],
)
def test_it_keeps_settings_of_the_shell_from_the_tests(name):
    assert testing.without_settings({name: "x", "PATH": "y"}) == {"PATH": "y"}


@pytest.mark.parametrize("name", ["KADE_TEST_DB_SUFFIX", "OASDIFF", "CORPUS", "HOME"])
def test_it_keeps_what_tests_are_told(name):
    assert testing.without_settings({name: "x"}) == {name: "x"}


def test_it_starts_suites_with_settings_of_their_own(monkeypatch):
    server = postgres.Server(postgres.lasting_cluster(ROOT / ".run"), process=None)
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "LOG_LEVEL", "SECRET_KEY"):
        monkeypatch.setenv(name, "of the shell")

    started_with = testing._environment(testing.Suite("repository"), server)

    assert "of the shell" not in started_with.values()
    assert started_with["DATABASE_URL"].endswith("/repository")


def test_it_joins_the_reports_and_counts(tmp_path):
    reports = [tmp_path / "a.xml", tmp_path / "b.xml"]
    for number, report in enumerate(reports):
        report.write_text(REPORT.format(tests=10, failures=number), "utf-8")

    counts = testing.merge_junit(reports, tmp_path / "junit.xml")

    assert counts == {"tests": 20, "failures": 1, "errors": 0, "skipped": 2}
    assert (tmp_path / "junit.xml").read_text("utf-8").count("<testcase") == 2


def test_it_closes_as_pytest_does():
    counts = {"tests": 20, "failures": 1, "errors": 0, "skipped": 2}

    line = testing.closing_line(counts, 12.3)

    assert line == "===== 1 failed, 17 passed, 2 skipped in 12s ====="


def test_it_closes_when_nothing_ran():
    counts = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)

    assert testing.closing_line(counts, 1) == "===== no tests ran in 1s ====="


def test_it_lists_the_files_under_the_bar():
    lines = uncovered.shortfalls({"a.py": 85.0, "b.py": 84.9, "c.py": 10.0})

    assert [line.split()[2] for line in lines] == ["c.py", "b.py"]


def test_it_measures_the_repository_only(tmp_path, capsys):
    """Tests run copies of the code elsewhere, which are gone when all is counted."""
    seen = [(-1, 1), (1, -1)]
    measured = CoverageData(str(tmp_path / ".coverage-x"))
    copy, own = tmp_path / "copy.py", ROOT / "development" / "errors.py"
    measured.add_arcs({str(copy): seen, str(own): seen})
    measured.write()

    falls_short = uncovered.report(tmp_path, tmp_path)

    assert falls_short
    assert "development/errors.py (" in (told := capsys.readouterr().out)
    assert "copy.py" not in told
