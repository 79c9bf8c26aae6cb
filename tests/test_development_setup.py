"""Setting up says in one line what is missing."""

import errno
import importlib.util

import pytest

from development import errors, setup


def test_it_names_the_package_that_brings_venv(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    with pytest.raises(
        errors.DevelopmentError, match=r"apt-get install python3\.\d+-venv"
    ):
        setup.refuse_without_venv()


def test_it_accepts_a_python_with_venv():
    setup.refuse_without_venv()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            OSError(errno.ENOSPC, "No space left", "/x"),
            "The disk is full under /x: make",
        ),
        (PermissionError(errno.EACCES, "Denied", "/x"), "/x is not yours to change"),
        (errors.DevelopmentError("Port 1 is taken."), "Port 1 is taken."),
    ],
)
def test_it_ends_with_one_line(capsys, error, sentence):
    def verb() -> int:
        raise error

    with pytest.raises(SystemExit) as ended:
        errors.finish(verb)

    printed = capsys.readouterr().err
    assert ended.value.code == 1
    assert printed.startswith(f"kade: {sentence}")
    assert printed.count("\n") == 1
