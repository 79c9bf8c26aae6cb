"""A real gunicorn with our configuration."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from shared.middleware.requests import is_utf8

FOLDER = Path(__file__).parent.parent


def free_port():
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def wait_until_live(base, process):
    """Wait for the first answer."""
    for _ in range(150):
        assert process.poll() is None
        try:
            if httpx.get(f"{base}/status/live").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("gunicorn does not answer")


def start(temporary, **settings):
    """Run gunicorn on the small project; return its address and its process."""
    port = free_port()
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(FOLDER), os.environ["PYTHONPATH"])),
        "DJANGO_SETTINGS_MODULE": "project.settings",
        "WEB_BIND": f"127.0.0.1:{port}",
        "TMPDIR": str(temporary),
        **settings,
    }
    command = ["-m", "gunicorn", "--config", "python:shared.serving", "project.wsgi"]
    process = subprocess.Popen([sys.executable, *command], env=environment)  # noqa: S603
    return f"http://127.0.0.1:{port}", process


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Run gunicorn until the end; yield its address and its folder."""
    temporary = tmp_path_factory.mktemp("gunicorn")
    base, process = start(temporary)
    try:
        wait_until_live(base, process)
        yield base, temporary
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
    assert not list(temporary.glob("kade-metrics-*"))


def test_it_answers_for_a_while_when_it_is_told_to_stop(tmp_path):
    base, process = start(tmp_path, WEB_DRAIN_SECONDS="20", WEB_WORKERS="1")
    wait_until_live(base, process)

    process.send_signal(signal.SIGTERM)
    # The first process closes its own end of the socket, and then tells the others.
    statuses = {httpx.get(f"{base}/status/live").status_code for _ in range(20)}
    process.send_signal(signal.SIGQUIT)

    assert statuses == {200}
    process.wait(timeout=20)


def assert_problem_of(response, status):
    """Assert that the server, not a view, answered with a problem."""
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == status
    assert is_utf8(response.content)


def test_it_refuses_a_huge_header(server):
    assert_problem_of(httpx.get(server[0], headers={"X-Big": "a" * 20_000}), 431)


def test_it_refuses_a_huge_url(server):
    assert_problem_of(httpx.get(f"{server[0]}/{'a' * 9000}"), 414)


@pytest.mark.parametrize(
    "raw",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nBad Header: x\r\n\r\n",
        b"GET /\0 HTTP/1.1\r\nX: \0\r\n\r\n",
    ],
)
def test_it_refuses_what_is_no_http(server, raw):
    host, _, port = server[0].removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=5) as connection:
        connection.sendall(raw)
        head, _, body = connection.makefile("rb").read().partition(b"\r\n\r\n")

    assert b" 400 " in head.splitlines()[0]
    assert json.loads(body)["status"] == 400


def test_it_refuses_a_body_without_length(server):
    response = httpx.post(f"{server[0]}/echo", content=iter([b"a"]))

    assert_problem_of(response, 411)


def test_it_answers_head_and_keeps_the_connection(server):
    with httpx.Client(base_url=server[0]) as client:
        head = client.head("/plain/things")
        get = client.get("/plain/things")

    assert head.content == b""
    assert head.headers["Content-Length"] == get.headers["Content-Length"]


def test_it_adds_up_the_metrics_of_all_its_processes(server):
    for _ in range(20):
        httpx.get(f"{server[0]}/framed")  # each on a connection of its own

    metrics = httpx.get(f"{server[0]}/metrics").text

    line = 'kade_http_requests_total{method="GET",route="framed",status="200"} 20.0'
    assert line in metrics
    assert len(list(server[1].glob("kade-metrics-*/counter_*.db"))) >= 1


@pytest.mark.parametrize(("level", "said"), [("debug", "info"), ("error", "error")])
def test_it_logs_no_more_than_is_asked_for(tmp_path, level, said):
    environment = {**os.environ, "LOG_LEVEL": level, "TMPDIR": str(tmp_path)}
    code = "from shared import serving; print(serving.loglevel)"

    printed = subprocess.check_output([sys.executable, "-c", code], env=environment)  # noqa: S603

    assert printed.decode().strip() == said


@pytest.fixture
def two_processors():
    """Leave this process, and those that it starts, two processors."""
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) == 1:
        pytest.skip("needs Linux, and two processors")
    mine = os.sched_getaffinity(0)
    two = set(sorted(mine)[:2])
    os.sched_setaffinity(0, two)
    yield sorted(two)
    os.sched_setaffinity(0, mine)


def answering(process):
    """Return the processes that answer."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(child) for child in children.read_text().split()]


def wait_for_processors(process, wanted):
    """Wait until each of the processes that answer may run on these."""
    for _ in range(150):
        children = answering(process)
        try:
            found = [sorted(os.sched_getaffinity(child)) for child in children]
        except ProcessLookupError:
            found = []
        if sorted(found) == wanted:
            return
        time.sleep(0.1)
    raise AssertionError(f"they are {found}")


def kill_one(process):
    """Kill one of the processes that answer, and wait until it is gone."""
    killed = answering(process)[0]
    os.kill(killed, signal.SIGKILL)
    for _ in range(150):
        if killed not in answering(process):
            return
        time.sleep(0.1)
    raise AssertionError("it is still there")


@pytest.mark.parametrize(
    ("affinity", "workers", "is_kept"),
    [("auto", 2, True), ("auto", 1, False), ("auto", 3, False), ("off", 2, False)],
)
def test_it_keeps_processes_to_processors_where_each_has_as_many(
    tmp_path, two_processors, affinity, workers, is_kept
):
    settings = {"WEB_WORKERS": str(workers), "WEB_CPU_AFFINITY": affinity}
    base, process = start(tmp_path, **settings)
    try:
        wait_until_live(base, process)
        kept = [[cpu] for cpu in two_processors]
        wanted = kept if is_kept else [two_processors] * workers
        wait_for_processors(process, wanted)
        kill_one(process)
        wait_for_processors(process, wanted)
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=20)


def test_it_sets_what_a_kept_process_starts_free(two_processors):
    code = (
        "import os, subprocess, sys\n"
        "from shared.processors import PROCESSORS, keep_to, set_free\n"
        "keep_to(PROCESSORS[0])\n"
        "child = subprocess.Popen([sys.executable, '-c', 'input()'], stdin=-1)\n"
        "before = os.sched_getaffinity(child.pid)\n"
        "set_free(child.pid)\n"
        "print(sorted(before), sorted(os.sched_getaffinity(child.pid)))\n"
        "child.communicate(b'\\n')\n"
    )

    printed = subprocess.check_output([sys.executable, "-c", code], text=True)  # noqa: S603

    assert printed.strip() == f"{two_processors[:1]} {two_processors}"


def test_it_ends_a_connection_after_some_requests(server):
    host, _, port = server[0].removeprefix("http://").partition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=20)

    said = []
    for _ in range(100):
        connection.request("GET", "/status/live")
        response = connection.getresponse()
        response.read()
        said.append(response.getheader("Connection"))

    assert said == ["keep-alive"] * 99 + ["close"]


ENDING = b"GET /status/live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
SENDING = b"POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9000000\r\n\r\n"


@pytest.fixture
def one_process(tmp_path):
    """Run gunicorn with one process that answers, which takes little; yield its URL."""
    base, process = start(tmp_path, WEB_WORKERS="1", MAX_BODY_BYTES="1000")
    wait_until_live(base, process)
    yield base
    process.send_signal(signal.SIGQUIT)
    process.wait(timeout=20)


def connect(base):
    """Open a connection to an address."""
    host, _, port = base.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=60)


def test_it_answers_while_others_do_not_close(one_process):
    others = [connect(one_process) for _ in range(60)]
    for other in others:
        other.sendall(ENDING)

    # Two seconds for each of them would be two minutes.
    answer = httpx.get(f"{one_process}/status/live", timeout=60)

    assert answer.status_code == 200
    for other in others:
        assert other.makefile("rb").read().startswith(b"HTTP/1.1 200 OK")
        other.close()


def test_it_reads_on_until_the_client_has_its_answer(one_process):
    with connect(one_process) as connection:
        connection.sendall(SENDING)
        for _ in range(50):
            connection.sendall(b"x" * 10_000)
        answer = connection.makefile("rb").read()

    assert answer.startswith(b"HTTP/1.1 413")


def send_on(connection):
    """Send a gigabyte, in pieces."""
    for _ in range(10_000):
        connection.sendall(b"x" * 100_000)


def test_it_gives_up_who_sends_on_without_end(one_process):
    with connect(one_process) as connection:
        connection.sendall(SENDING)
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            send_on(connection)

    assert httpx.get(f"{one_process}/status/live", timeout=60).status_code == 200
