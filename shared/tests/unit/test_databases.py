"""Reading database URLs."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from shared.databases import conninfo, database

SEVERAL = (
    "postgresql://u:p%40ss@h1:5432,h2:5433/name"
    "?load_balance_hosts=random&target_session_attrs=prefer-standby"
)


def test_it_reads_a_url_with_several_hosts():
    settings = database(SEVERAL, options={"connect_timeout": 9}, test_suffix="_x")

    assert settings["HOST"] == "h1,h2"
    assert settings["PORT"] == "5432,5433"
    assert (settings["USER"], settings["PASSWORD"]) == ("u", "p@ss")
    assert settings["OPTIONS"]["load_balance_hosts"] == "random"
    assert settings["OPTIONS"]["connect_timeout"] == 9
    assert settings["TEST"]["NAME"] == "test_name_x"


def test_it_passes_a_url_to_a_raw_connection():
    assert conninfo(SEVERAL) == SEVERAL


def test_it_refuses_a_url_without_repeating_it():
    with pytest.raises(ImproperlyConfigured) as caught:
        database("postgresql://u:secret@h/name?nonsense=1")

    assert "secret" not in str(caught.value)
