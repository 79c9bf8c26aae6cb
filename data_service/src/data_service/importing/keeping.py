"""What is inferred stays close to what is served, where the cells allow both.

Otherwise a file whose codes happen to be digits today would break its readers.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from data_service.crs.systems import are_alike
from data_service.schemas.tables import Field, Table

from .profiling import Profile
from .readers.batches import GEOMETRY


def keeps_type(profile: Profile, found: Field, served: Field) -> bool:
    """Tell whether cells of the type that was found fit the served type too."""
    if profile.is_empty:
        return True
    if served.type_name == "string":
        return profile.kinds <= {"string"} and not found.type.is_geometry
    if served.type_name == "number":
        is_text = not profile.kinds and found.type_name == "string"
        fits = is_text and profile.candidates["number"].holds
        return fits or found.type_name == "integer"
    if served.type_name == "Geometry":
        return found.type.is_geometry and found.crs == served.crs
    return False


def geometry_as_served(field: Field, others: Collection[str], served: Table) -> Field:
    """Name a geometry as the served one, where the file has no name for it."""
    known = served.geometry
    is_nameless = field.type.is_geometry and field.id == GEOMETRY
    if not is_nameless or known is None or {known.id, GEOMETRY} & {*others}:
        return field
    # A point of two columns is called so by us: its columns are what it comes from.
    return replace(field, id=known.id, provenance=field.provenance or GEOMETRY)


def crs_as_served(field: Field, served: Field) -> Field:
    """Give a geometry the served name of its CRS, where the numbers are the same.

    Not every kind of file can tell RD from RD with heights, or WGS84 from ETRS89.
    """
    if not (field.type.is_geometry and are_alike(field.crs, served.crs)):
        return field
    return replace(field, crs=served.crs)


def described_as(table: Table, served: Table) -> Table:
    """Give a table the words of the served one: titles, units and the like."""
    fields = tuple(_described(f, served.by_id.get(f.id)) for f in table.fields)
    names = {f.id for f in fields}
    return replace(
        table,
        fields=fields,
        title=served.title,
        description=served.description,
        display=served.display if served.display in names else table.display,
        main_geometry=served.main_geometry if served.main_geometry in names else "",
        version=served.version,
    )


def _described(field: Field, served: Field | None) -> Field:
    if served is None or served.type_name != field.type_name:
        return field
    return replace(
        field, title=served.title, description=served.description, unit=served.unit
    )
