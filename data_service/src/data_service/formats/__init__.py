"""The formats that rows come in: sibling modules, and the table of them."""

from .table import FORMATS, Format, formats_of

__all__ = ["FORMATS", "Format", "formats_of"]
