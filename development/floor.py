"""The limit of the Python side: a bare view behind the data service's own middleware.

Run it as the service is run, with the same environment:
`WEB_BIND=127.0.0.1:8099 gunicorn -c python:shared.serving development.floor`
and measure `/page` and `/row` in the same run as the service (docs/performance.md).
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

from shared.wsgi import get_application


def _answer(size: int) -> Callable[[HttpRequest], HttpResponse]:
    body = b'{"x":"' + b"a" * (size - 8) + b'"}'
    return lambda _: HttpResponse(body, content_type="application/hal+json")


# As large as a page of 100 rows of the benchmark, and as one row of it.
urlpatterns = [path("page", _answer(85_000)), path("row", _answer(850))]
application = get_application("data_service.settings")
settings.ROOT_URLCONF = __name__
