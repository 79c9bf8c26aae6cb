"""A taken port is one line with the cure."""

import socket

import pytest

from development import ports
from development.errors import DevelopmentError


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(ports, "PATIENCE_SECONDS", 0.0)


def test_it_says_which_variable_chooses_another():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(DevelopmentError) as refused:
            ports.refuse_taken("data_service", port)

    assert f"Port {port} is taken" in str(refused.value)
    assert f"DATA_PORT={port + 100} make run" in str(refused.value)


def test_it_lets_a_free_port_pass():
    with socket.create_server(("127.0.0.1", 0)) as passing:
        port = passing.getsockname()[1]

    ports.refuse_taken("data_service", port)


def test_it_reads_the_ports_with_defaults():
    assert ports.chosen_port("catalog_service", {}) == 8000
    assert ports.chosen_port("data_service", {"DATA_PORT": "9001"}) == 9001


@pytest.mark.parametrize("text", ["http", "0", "65536", "-1"])
def test_it_refuses_what_is_no_port(text):
    with pytest.raises(DevelopmentError, match=r"DATA_PORT is .*: use 1 to 65535"):
        ports.chosen_port("data_service", {"DATA_PORT": text})


def test_it_refuses_equal_ports():
    with pytest.raises(DevelopmentError, match="CATALOG_PORT and DATA_PORT are equal"):
        ports.refuse_equal({"CATALOG_PORT": "9000", "DATA_PORT": "9000"})


def test_it_remembers_the_ports_of_the_last_run(tmp_path):
    assert ports.remembered(tmp_path) == {}

    ports.remember(tmp_path, {"DATA_PORT": "9001"})

    remembered = ports.remembered(tmp_path)
    assert remembered["CATALOG_PORT"] == "8000"
    assert remembered["DATA_PORT"] == "9001"
