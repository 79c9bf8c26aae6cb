"""What happens around every request; the order is MIDDLEWARE_SHARED of settings.

Each is a thin layer with everything precomputed: rows are served at thousands of
requests a second, so all of ours together may cost some tens of microseconds.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]
