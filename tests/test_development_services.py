"""What `make run` tells the services."""

import pytest

from development import services


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    """Keep what is made for the test alone, with nothing set outside."""
    monkeypatch.setattr(services, "STATE", tmp_path)
    for name in ("DEBUG", "SECRET_KEY", "SECRET_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_it_makes_a_key_that_only_its_owner_reads(state):
    variables = services.variables("data_service", "postgresql:///data_service")

    key = state / "data_service-key"
    assert variables["SECRET_KEY_FILE"] == str(key)
    assert key.stat().st_mode & 0o777 == 0o600
    assert len(key.read_text()) >= 32


def test_it_keeps_the_key(state):
    services.variables("data_service", "postgresql:///data_service")
    first = (state / "data_service-key").read_text()

    services.variables("data_service", "postgresql:///data_service")

    assert (state / "data_service-key").read_text() == first


@pytest.mark.parametrize("name", ["DEBUG", "SECRET_KEY", "SECRET_KEY_FILE"])
def test_it_leaves_the_choice_to_the_environment(state, monkeypatch, name):
    monkeypatch.setenv(name, "true")

    variables = services.variables("data_service", "postgresql:///data_service")

    assert variables[name] == "true"
    assert not (state / "data_service-key").exists()
