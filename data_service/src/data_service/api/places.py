"""From the address of a request to what stands there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import quote

from django.http import HttpRequest

from data_service.formats import Format
from data_service.formats.hal import RENDERER_VERSION, STORED_ROW
from data_service.formats.table import FORMATS, HAL
from data_service.querying.addresses import (
    Address,
    AddressError,
    Place,
    requested_address,
)
from data_service.querying.compiling import Source
from data_service.querying.snapshots import Served, served_at
from data_service.schemas.tables import Dataset, Field, Table
from shared.links import public_url
from shared.problems import NotFoundError

_SOURCES_KEPT = 512
_FORMATS = {f.name: f for f in FORMATS}


@dataclass(frozen=True)
class Spot:
    """A place in a dataset version that is served now."""

    place: Place
    served: Served
    versions: tuple[Served, ...]

    @cached_property
    def dataset(self) -> Dataset:
        """Give the schema of the version."""
        return self.served.dataset

    @cached_property
    def base_url(self) -> str:
        """Give the URL of the version, as the client addressed it."""
        return public_url(quote(self.place.base))

    @cached_property
    def table(self) -> Table:
        """Give the table, raising NotFoundError where there is none."""
        table = self.dataset.table(self.place.table)
        if table is None or table.id not in self.served.tables:
            names = ", ".join(t.id for t in self.dataset.tables)
            raise NotFoundError(f"This dataset has no such table; it has {names}.")
        return table

    def source(self, format_: Format, fields: tuple[Field, ...] | None) -> Source:
        """Give what reads the rows of the table in a format."""
        names = None if fields is None else tuple(f.id for f in fields)
        return _source(self.served, self.place.table, format_.name, names)


def read_address(request: HttpRequest) -> Address:
    """Give the address of a request, raising NotFoundError where it has none."""
    try:
        return requested_address(request.META)
    except AddressError as error:
        raise NotFoundError from error


def find_spot(address: Address) -> Spot | None:
    """Find what is served at an address; None where there is no dataset.

    Raises NotFoundError for an address below a dataset that means nothing.
    """
    versions = served_at(address.dataset_paths, address.segments)
    if not versions:
        return None
    try:
        place = address.below(versions[0].path)
    except AddressError as error:
        raise NotFoundError from error
    return Spot(place, _version(versions, place.version), versions)


def _version(versions: tuple[Served, ...], name: str) -> Served:
    for served in versions:
        if name == served.version or (not name and served.is_default):
            return served
    names = ", ".join(served.version for served in versions)
    raise NotFoundError(f"This dataset has no such version; it has {names}.")


@lru_cache(maxsize=_SOURCES_KEPT)
def _source(
    served: Served, table_id: str, format_name: str, names: tuple[str, ...] | None
) -> Source:
    table = served.dataset.table(table_id)
    if table is None:
        raise NotFoundError
    physical = served.tables[table_id]
    format_ = _FORMATS[format_name]
    if format_ is HAL and names is None and physical.rendered_by == RENDERER_VERSION:
        return Source(table, physical, table.fields, STORED_ROW, stored=True)
    fields = table.fields if names is None else tuple(table.by_id[n] for n in names)
    return Source(table, physical, fields, format_.select(table, fields=fields))
