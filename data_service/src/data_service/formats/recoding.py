"""Geometries that stand in code, replaced by GeoJSON or EWKT in the system asked for.

The rows come from PostgreSQL as finished text but for this, a page or a batch of an
export at a time. It costs some microseconds a geometry, and the more the more points
it has; what is stored costs nothing.
"""

from __future__ import annotations

import re
from binascii import unhexlify
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from data_service.crs.systems import NamedCrs, srid

from .placing import MARK

_MARK = MARK.encode()
# What follows a mark; JSON has a quote before the mark and after the code, CSV none.
_CODE = re.compile(rb'(\d+):([0-9a-f]*)("?)')
# Text of PostgreSQL has no NUL.
_BETWEEN_ROWS = b"\0"
_GEOJSON_BEGINS = b"{"
Write = Callable[[Any, NamedCrs], list[bytes]]


@dataclass(frozen=True)
class Recoder:
    """Replaces what stands in code.

    Attributes:
        systems: The system of each field in code, by its number.
        write: Gives the text of geometries in that system.
    """

    crs: NamedCrs
    systems: tuple[str, ...]
    write: Write

    def recode(self, text: bytes) -> bytes:
        """Give text without code."""
        # A pattern would try each byte of the text; splitting it at the marks does not.
        first, *pieces = text.split(_MARK)
        codes = [_read_code(piece) for piece in pieces]
        texts = self._texts([(int(code[1]), code[2]) for code in codes])
        parts = [first]
        for piece, code, written in zip(pieces, codes, texts, strict=True):
            if code[3]:
                parts[-1] = parts[-1][:-1]
            parts += (written, piece[code.end() :])
        return b"".join(parts)

    def recode_rows(self, rows: Sequence[bytes | memoryview]) -> list[bytes]:
        """Give rows without code."""
        if not rows:
            return []
        return self.recode(_BETWEEN_ROWS.join(rows)).split(_BETWEEN_ROWS)

    def _texts(self, found: Sequence[tuple[int, bytes]]) -> list[bytes]:
        """Write geometries, those of each field at once."""
        texts = [b""] * len(found)
        for number in {n for n, _ in found}:
            places = [i for i, (n, _) in enumerate(found) if n == number]
            shapes = self._moved([found[i][1] for i in places], self.systems[number])
            for place, text in zip(places, self.write(shapes, self.crs), strict=True):
                texts[place] = text
        return texts

    def _moved(self, digits: Sequence[bytes], source: str) -> Any:
        from data_service.crs.transforming import move, swap

        moved = move(_parse(digits), source, self.crs.id)
        return swap(moved) if self.crs.is_swapped else moved


def write_geojson(shapes: Any, _crs: NamedCrs) -> list[bytes]:
    """Write geometries as GeoJSON."""
    import shapely

    return [text.encode() for text in shapely.to_geojson(shapes)]


def write_ewkt(shapes: Any, crs: NamedCrs) -> list[bytes]:
    """Write geometries as cells of CSV with EWKT; quoted, for it has separators."""
    import shapely

    number = srid(crs.id)
    written = shapely.to_wkt(shapes, rounding_precision=-1)
    return [f'"SRID={number};{text}"'.encode() for text in written]


def _read_code(piece: bytes) -> re.Match[bytes]:
    code = _CODE.match(piece)
    if code is None:
        raise ValueError(piece[:60])
    return code


def _parse(digits: Sequence[bytes]) -> Any:
    """Read the geometries of a field, which are all GeoJSON or all WKB."""
    import numpy as np
    import shapely

    codes = [unhexlify(d) for d in digits]
    is_text = codes[0].startswith(_GEOJSON_BEGINS)
    parse = shapely.from_geojson if is_text else shapely.from_wkb
    return np.asarray(parse(codes))
