"""Messages name what their reader has: options of the command, parameters over HTTP."""

from __future__ import annotations

import ast
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

import data_service
from data_service.importing.asking import COMMAND, HTTP, asked_by, option
from data_service.management.publish_options import add_options

SOURCES = Path(data_service.__file__).parent


def test_it_names_options_of_the_command() -> None:
    assert option("upsert") == "--upsert"


def test_it_names_parameters_to_a_client() -> None:
    with asked_by(HTTP):
        assert option("upsert") == "?mode=upsert"

    assert option("upsert") == "--upsert"


def test_it_knows_the_same_for_both() -> None:
    assert set(COMMAND) == set(HTTP)


def test_it_names_options_that_there_are() -> None:
    parser = ArgumentParser()
    add_options(parser)

    named = {words.split()[0] for words in COMMAND.values()}

    assert named <= set(parser._option_string_actions)


def test_it_is_the_only_one_to_name_them() -> None:
    found = [
        (path.name, text)
        for path in sorted(SOURCES.rglob("*.py"))
        if "management" not in path.parts and path.name != "asking.py"
        for text in _messages(ast.parse(path.read_text()))
        if "--" in text
    ]

    assert found == []


def _messages(tree: ast.Module) -> Iterator[str]:
    """Give the text in the code, but for docstrings."""
    documents = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in documents:
            yield str(node.value)
