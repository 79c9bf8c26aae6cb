"""Lines of a log."""

import json
import logging

import pytest
import structlog

from shared.logs import logging_settings, request_id


@pytest.fixture
def render():
    """Return a function that logs something and returns the line."""

    def render(log, log_format="json"):
        formatter = logging_settings("info", log_format, "tests")["formatters"]
        options = dict(formatter["events"])
        handler = logging.Handler()
        lines = []
        handler.emit = lambda record: lines.append(handler.format(record))
        handler.setFormatter(options.pop("()")(**options))
        logger = logging.getLogger("kade.trial")
        logger.addHandler(handler)
        try:
            log(structlog.get_logger("kade.trial"))
        finally:
            logger.removeHandler(handler)
        return lines[0]

    return render


def test_it_writes_json_with_the_request_id(render):
    token = request_id.set("abc")
    try:
        line = json.loads(render(lambda log: log.info("thing.made", dataset="trees")))
    finally:
        request_id.reset(token)

    assert line["event"] == "thing.made"
    assert (line["dataset"], line["request_id"]) == ("trees", "abc")
    assert (line["service"], line["level"]) == ("tests", "info")


def test_it_writes_lines_of_others_in_the_same_form(render):
    def log(_):
        logging.getLogger("kade.trial").warning("a %s", "b\nc")

    line = json.loads(render(log))

    assert (line["event"], line["level"]) == ("a b\nc", "warning")


def test_it_writes_the_trace_of_an_error(render):
    def log(logger):
        try:
            _ = 1 / 0
        except ZeroDivisionError:
            logger.exception("thing.failed")

    assert "ZeroDivisionError: division" in json.loads(render(log))["exception"]


def test_it_writes_for_people(render):
    line = render(lambda log: log.info("thing.made", n=1), log_format="console")

    assert "thing.made" in line
    assert "n=1" in line


@pytest.mark.parametrize(
    ("wanted", "path", "count"),
    [
        ("faults", "/framed", 0),
        ("faults", "/nothing", 1),
        ("all", "/framed", 1),
        ("off", "/nothing", 0),
    ],
)
def test_it_logs_what_is_asked_for(client, settings, caplog, wanted, path, count):  # noqa: PLR0917
    settings.ACCESS_LOG = wanted

    client.get(f"{path}?secret=1")

    lines = [r.msg for r in caplog.records if r.name == "kade.access"]
    assert len(lines) == count
    assert all(line["path"] == path for line in lines)
    assert "secret" not in str(lines)


def test_it_logs_a_slow_request(client, caplog, monkeypatch):
    monkeypatch.setattr("shared.middleware.observing.SLOW_SECONDS", 0.0)

    client.get("/framed")

    line = next(r.msg for r in caplog.records if r.name == "kade.access")
    assert (line["status"], line["route"]) == (200, "framed")


@pytest.mark.parametrize(
    ("level", "name", "expected"),
    [
        ("debug", "procrastinate", "INFO"),
        ("warning", "procrastinate", "WARNING"),
        ("error", "procrastinate.worker", "ERROR"),
        ("info", "gunicorn.error", "INFO"),
        ("error", "gunicorn.error", "ERROR"),
        ("info", "django.request", "ERROR"),
        ("critical", "django.request", "CRITICAL"),
        ("debug", "django.server", "DEBUG"),
    ],
)
def test_it_says_no_more_than_is_asked_for(level, name, expected):
    loggers = logging_settings(level, "json", "tests")["loggers"]

    assert loggers[name]["level"] == expected
