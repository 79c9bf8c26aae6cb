"""Bad requests that Django itself stumbles over, through the whole application."""

import io
import subprocess
import sys

import pytest

from shared.wsgi import get_application

pytestmark = pytest.mark.django_db  # Django looks at its connections per request


@pytest.fixture(scope="module")
def ask():
    """Return a function from an environment to status, headers and body."""
    application = get_application("project.settings")

    def ask(**environ):
        answer = []
        body = application(
            {
                "REQUEST_METHOD": "GET",
                "PATH_INFO": "/plain/things",
                "QUERY_STRING": "a=1",
                "SERVER_NAME": "localhost",
                "SERVER_PORT": "80",
                "wsgi.input": io.BytesIO(),
                "wsgi.url_scheme": "http",
                **environ,
            },
            lambda status, headers: answer.extend([status, dict(headers)]),
        )
        return int(answer[0][:3]), answer[1], b"".join(body)

    return ask


@pytest.mark.parametrize("charset", ["hex", "utf-16", "rot13", "nonsense", "latin-1"])
def test_it_refuses_text_that_is_not_utf8(ask, charset):
    status, headers, _ = ask(CONTENT_TYPE=f"application/json; charset={charset}")

    assert status == 415
    assert headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("charset", ["UTF-8", '"utf-8"', "us-ascii"])
def test_it_takes_utf8(ask, charset):
    status, _, _ = ask(CONTENT_TYPE=f"application/json; charset={charset}")

    assert status == 200


def test_it_refuses_too_many_parameters_beside_a_charset(ask):
    status, _, _ = ask(CONTENT_TYPE="a/b; charset=utf-8", QUERY_STRING="a=1&" * 2000)

    assert status == 400


@pytest.mark.parametrize("path", ["/\xff", "/plain/\xc3(", "/\xed\xa0\x80", "/\0"])
def test_it_refuses_a_path_that_is_no_text(ask, path):
    status, headers, body = ask(PATH_INFO=path)

    assert status == 400
    assert b'"name":"path"' in body
    assert headers["API-Version"] == "1.2.3"


@pytest.mark.parametrize("path", ["/é", "/€", "/😀", "/%FF"])
def test_it_takes_a_path_that_is_text(ask, path):
    status, _, _ = ask(PATH_INFO=path.encode().decode("latin-1"))

    assert status == 404


def test_it_imports_the_views_before_the_first_request():
    code = "import sys, project.wsgi; sys.exit('project.urls' not in sys.modules)"

    run = subprocess.run([sys.executable, "-c", code], check=False)  # noqa: S603

    assert run.returncode == 0
