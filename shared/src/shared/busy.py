"""The error of whoever cannot do more at once; it needs no Django to be raised."""

from __future__ import annotations


class BusyError(Exception):
    """Too much is asked at the moment; try again soon."""
