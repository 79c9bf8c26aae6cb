"""From the address of a request to what stands there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from time import monotonic
from urllib.parse import quote

from django.http import HttpRequest
from psycopg import sql

from data_service.crs.systems import NamedCrs
from data_service.formats import Format
from data_service.formats.hal import RENDERER_VERSION, STORED_ROW
from data_service.formats.placing import place_table
from data_service.formats.recoding import Recoder, write_ewkt, write_geojson
from data_service.formats.table import CSV, FORMATS, HAL, is_usual, placed_format
from data_service.querying.addresses import (
    Address,
    AddressError,
    Place,
    requested_address,
)
from data_service.querying.compiling import Source
from data_service.querying.recent import recently_served, saw
from data_service.querying.snapshots import Served, served_at
from data_service.schemas.tables import Dataset, Field, Table
from shared.links import public_url
from shared.problems import NotFoundError

_SOURCES_KEPT = 512
_NOTHING = sql.SQL("")
_FORMATS = {f.name: f for f in FORMATS}


@dataclass(frozen=True)
class Rendition:
    """How rows are shown: in a format, some of their fields, in a CRS."""

    format: Format
    fields: tuple[Field, ...] | None = None
    crs: NamedCrs | None = None

    @property
    def field_names(self) -> tuple[str, ...] | None:
        """Name the fields; None for all of them."""
        return None if self.fields is None else tuple(f.id for f in self.fields)

    @property
    def placed_format(self) -> Format:
        """Give the format, which may say in which CRS it is."""
        return self.format if self.crs is None else placed_format(self.format, self.crs)

    def unusual_crs(self, table: Table) -> NamedCrs | None:
        """Give the CRS, where the format does not give it by itself."""
        return None if is_usual(self.format, table, self.crs) else self.crs


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

    def source(self, rendition: Rendition) -> Source:
        """Give what reads the rows of the table."""
        names = rendition.field_names
        name, crs = rendition.format.name, rendition.unusual_crs(self.table)
        return _source(self.served, self.place.table, name, names, crs)


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
    when = monotonic()
    versions = served_at(address.dataset_paths, address.segments)
    if not versions:
        return None
    spot = _spot(address, versions)
    if spot.place.table in spot.served.tables:
        saw(address, spot.place, versions, when=when)
    return spot


def recent_spot(address: Address) -> Spot | None:
    """Give what was served at a table's address a moment ago, if anybody looked."""
    versions = recently_served(address)
    return _spot(address, versions) if versions else None


def _spot(address: Address, versions: tuple[Served, ...]) -> Spot:
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
    served: Served,
    table_id: str,
    format_name: str,
    names: tuple[str, ...] | None,
    crs: NamedCrs | None,
) -> Source:
    table = served.dataset.table(table_id)
    if table is None:
        raise NotFoundError
    physical = served.tables[table_id]
    format_ = _FORMATS[format_name]
    fields = table.fields if names is None else tuple(table.by_id[n] for n in names)
    if crs is not None:
        return _placed_source(Source(table, physical, fields, _NOTHING), format_, crs)
    if format_ is HAL and names is None and physical.rendered_by == RENDERER_VERSION:
        return Source(table, physical, table.fields, STORED_ROW, stored=True)
    return Source(table, physical, fields, format_.select(table, fields=fields))


def _placed_source(source: Source, format_: Format, crs: NamedCrs) -> Source:
    """Give a source whose geometries are in another CRS than is usual."""
    placement = place_table(source.table, crs)
    fields = [placement.table.by_id[f.id] for f in source.fields]
    write = write_ewkt if format_ is CSV else write_geojson
    return replace(
        source,
        selected=format_.select(placement.table, fields=fields),
        added=placement.added,
        recoder=Recoder(crs, placement.coded, write) if placement.added else None,
    )
