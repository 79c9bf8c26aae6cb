"""docs/settings.md names each variable that is read, and no other."""

import ast
import os
import subprocess
import sys

import pytest

from development.places import ROOT, SERVICES
from development.settings_page import names_for_services

READERS = (*(f"{service}.settings" for service in SERVICES), "shared.serving")
PRINT_NAMES = "import {0}; print(sorted({0}.env.names_read))"
NO_DATABASE = "postgresql://nobody@nowhere/nothing"


def _names_read(module: str) -> set[str]:
    outcome = subprocess.run(
        [sys.executable, "-c", PRINT_NAMES.format(module)],
        cwd=ROOT,
        env={**os.environ, "DEBUG": "true", "DATABASE_URL": NO_DATABASE},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ast.literal_eval(outcome.stdout))


@pytest.fixture(scope="module")
def documented() -> list[str]:
    return names_for_services()


@pytest.fixture(scope="module")
def read() -> set[str]:
    return set().union(*(_names_read(module) for module in READERS))


def test_it_documents_every_variable(read, documented):
    assert read - set(documented) == set()


def test_it_documents_no_variable_that_is_not_read(read, documented):
    assert set(documented) - read == set()


def test_it_documents_a_variable_once(documented):
    assert len(documented) == len(set(documented))
