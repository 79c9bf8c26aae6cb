"""The release before is tested on the schema of this one, if that is another."""

import subprocess
import sys

import pytest

from development import compatibility
from development.errors import DevelopmentError
from development.places import ROOT


def is_deep() -> bool:
    words = ["git", "rev-parse", "--verify", "--quiet", "HEAD^"]
    return not subprocess.run(
        words, cwd=ROOT, capture_output=True, check=False
    ).returncode


def test_it_says_that_nothing_was_before(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["compatibility"])
    monkeypatch.setattr(compatibility, "_before", lambda: "")

    assert compatibility.main() == 0
    assert "no earlier commit" in capsys.readouterr().out


def test_it_takes_no_time_when_the_schema_is_the_same(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["compatibility", "HEAD"])

    assert compatibility.main() == 0
    assert "the schema is the same" in capsys.readouterr().out


def test_it_knows_the_release_before():
    assert bool(compatibility._before()) is is_deep()


def test_it_refuses_a_revision_that_is_not_there():
    unknown = compatibility._checked_out("nonsense")

    with pytest.raises(DevelopmentError, match="no revision 'nonsense'"), unknown:
        pass


@pytest.mark.slow
def test_it_runs_the_old_tests_on_the_new_schema(monkeypatch):
    monkeypatch.setattr(compatibility, "_has_new_schema", lambda name, _: "cat" in name)
    words = ["compatibility", "HEAD", "-k", "test_it_lists_sources or test_sources"]
    monkeypatch.setattr(sys, "argv", words)

    assert compatibility.main() == 0
