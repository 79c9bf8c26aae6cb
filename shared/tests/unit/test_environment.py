"""Reading the environment."""

import pytest

from shared.environment import Environment, EnvironmentFaultError

LONG = "x" * 32


def test_it_reads_each_type():
    env = Environment(
        {
            "A": " text ",
            "B": "12",
            "C": "On",
            "D": "json",
            "E": "https://a.example/",
            "OFF": "no",
        }
    )

    assert env.text("A") == "text"
    assert env.integer("B", default=1) == 12
    assert env.boolean("C") is True
    assert env.boolean("OFF", default=True) is False
    assert env.choice("D", ("json", "console"), default="console") == "json"
    assert env.url("E") == "https://a.example"
    env.check()


def test_it_falls_back_to_defaults():
    env = Environment({"EMPTY": " "})

    assert env.text("EMPTY", default="a") == "a"
    assert env.integer("B", default=1) == 1
    assert env.boolean("C") is False
    assert env.choice("D", ("x",), default="x") == "x"
    assert env.url("E", default="") == ""
    assert env.names("F", default="a, b,,") == ("a", "b")
    env.check()


def test_it_names_every_fault_and_cure_at_once():
    env = Environment({"SIZE": "many", "FORM": "xml", "ON": "perhaps", "U": "ftp://a"})
    env.integer("SIZE", default=1)
    env.choice("FORM", ("json",), default="json")
    env.boolean("ON")
    env.url("U")
    env.text("MISSING", cure="set it to anything")

    with pytest.raises(EnvironmentFaultError) as caught:
        env.check()

    assert caught.value.faults == (
        "SIZE is 'many'; use a whole number",
        "FORM is 'xml'; use one of json",
        "ON is 'perhaps'; use true or false",
        "U begins with 'ftp'; set it to a URL that begins with http://",
        "MISSING is not set; set it to anything",
    )


@pytest.mark.parametrize("value", ["0", "11", "-1", "1" * 30, "٣", "1.5"])
def test_it_refuses_a_number_out_of_range(value):
    env = Environment({"SIZE": value})

    assert env.integer("SIZE", default=5, minimum=1, maximum=10) == 5
    assert len(env.faults) == 1


def test_it_reports_a_fault_once():
    env = Environment({"SIZE": "x"})
    env.integer("SIZE", default=1)
    env.integer("SIZE", default=1)

    assert len(env.faults) == 1


def test_it_remembers_every_name_read():
    env = Environment({})
    env.text("A", default="")
    env.secret("B", development="b")

    assert env.names_read == {"A", "B", "DEBUG"}


def test_it_reads_a_value_from_a_file(tmp_path):
    (tmp_path / "secret").write_text("from the file\n")
    env = Environment({"KEY_FILE": str(tmp_path / "secret")})

    assert env.text("KEY") == "from the file"


@pytest.mark.parametrize("content", [None, b"\xff"])
def test_it_reports_a_file_that_it_cannot_read(tmp_path, content):
    path = tmp_path / "secret"
    if content:
        path.write_bytes(content)
    env = Environment({"KEY_FILE": str(path)})
    env.text("KEY", default="")

    (fault,) = env.faults
    assert fault.startswith(f"KEY_FILE cannot be read: {path}; let it name")


def test_it_refuses_a_value_and_a_file():
    env = Environment({"KEY": "a", "KEY_FILE": "/b"})

    assert env.text("KEY") == "a"
    assert env.faults == ["KEY and KEY_FILE are both set; set one of the two"]


def test_it_reads_origins():
    env = Environment({"O": "http://a.example, https://b.example:8443/"})

    assert list(env.reached_origins("O")) == [
        "http://a.example",
        "https://b.example:8443",
    ]
    env.check()


@pytest.mark.parametrize(
    "origin",
    [
        "a.example",
        "ftp://a.example",
        "http://a.example/path",
        "http://u@a.example",
        "http://a.example?q",
        "http://[a",
        "http://a.example:99999",
        "http://",
    ],
)
def test_it_refuses_what_is_no_origin(origin):
    env = Environment({"O": origin})
    env.reached_origins("O")

    assert len(env.faults) == 1


@pytest.mark.parametrize("value", ["", "for development", "short"])
def test_it_refuses_a_weak_secret_when_debug_is_off(value):
    env = Environment({"SECRET_KEY": value})
    env.secret("SECRET_KEY", development="for development")

    with pytest.raises(EnvironmentFaultError, match="32 or more random characters"):
        env.check()


def test_it_takes_a_strong_secret():
    env = Environment({"SECRET_KEY": LONG})

    assert env.secret("SECRET_KEY", development="d") == LONG
    env.check()


def test_it_uses_the_development_secret_when_debug_is_on():
    env = Environment({"DEBUG": "true"})

    assert env.secret("SECRET_KEY", development="d") == "d"
    env.check()


def test_it_reads_where_an_origin_is_reached():
    env = Environment({"O": "http://a.example=http://a:8000/, https://b.example"})

    assert env.reached_origins("O") == {
        "http://a.example": "http://a:8000",
        "https://b.example": "https://b.example",
    }
    env.check()


def test_it_refuses_an_origin_reached_at_none():
    env = Environment({"O": "http://a.example=nowhere"})
    env.reached_origins("O")

    assert len(env.faults) == 1
