"""Addresses that the pages point to, as the outside sees them."""

from __future__ import annotations

from urllib.parse import quote

from django.urls import reverse

from shared.links import public_url


def dataset_page_url(dataset_id: str) -> str:
    """Give the address of a dataset's page."""
    return public_url(reverse("dataset-page", args=[dataset_id]))


def service_url(path: str) -> str:
    """Give the address of a dataset's API."""
    return public_url(f"/v1/{quote(path)}")


def table_url(path: str, table: str) -> str:
    """Give the address of a table's rows."""
    return f"{service_url(path)}/{quote(table, safe='')}"


def download_url(path: str, table: str, kind: str) -> str:
    """Give the address of a file of a table."""
    return f"{service_url(path)}/_downloads/{quote(f'{table}.{kind}', safe='')}"
