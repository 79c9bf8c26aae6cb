"""Made-up files to measure with: the same rows for the same number and seed."""

import csv
import json
import math
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TextIO

SEED = 20260101
# A part of the country, in degrees: west, south, east, north.
PLACE = (4.73, 52.28, 5.07, 52.43)
VERTICES = 150
ROW_NAMES = (
    *("id", "code", "name", "kind", "state", "maker", "address", "postcode", "town"),
    *("district", "year", "listed_on", "changed_at", "score", "public", "description"),
    *("lon", "lat"),
)
_KINDS = ("bridge", "church", "house", "lock", "mill", "school")
_STATES = ("listed", "in procedure", "no longer listed", "under review")
_TOWNS = ("Kade", "Oostkade", "Westkade", "Zuidkade")
_DISTRICTS = tuple(f"District {letter}" for letter in "ABCDEFGH")
_MAKERS = ("A. de Boer", "B. van Dam", "C. Müller", "D. Jansen", "E. Œuvre", "F. Şahin")
_STREETS = ("Kadestraat", "Café-straat", "Lange Weg", "Markt", "Molenpad", "Zeedijk")
_PROSE = (
    "arch attic beam brick canal cellar copper courtyard door façade gable gate hall "
    "hinge iron joist kitchen ladder limestone mill oak panel plaster porch quay roof "
    "sandstone shutter slate stair stucco tile timber tower wall window yard"
)


def write_rows(file: TextIO, rows: int, seed: int = SEED) -> None:
    """Write CSV of 18 columns: texts, a number, dates, a place, a long text.

    Some have quotes, line breaks or no value, as files do.
    """
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(ROW_NAMES)
    chance = random.Random(seed)  # noqa: S311  (not for secrets)
    sentences = [_sentence(chance) for _ in range(4096)]
    sentences += ['The "blue" gable: €12,500.', "See also\nthe appendix."] * 60
    writer.writerows(_row(chance, number, sentences) for number in range(1, rows + 1))


def write_areas(file: TextIO, rows: int, seed: int = SEED) -> None:
    """Write GeoJSON, a feature on each line: valid areas of 150 vertices each."""
    chance = random.Random(seed)  # noqa: S311
    for number in range(1, rows + 1):
        properties = {"name": f"Area {number}", "kind": chance.choice(_KINDS)}
        feature = {
            "type": "Feature",
            "id": number,
            "geometry": {"type": "Polygon", "coordinates": [_ring(chance)]},
            "properties": properties,
        }
        file.write(json.dumps(feature, separators=(",", ":")) + "\n")


def _sentence(chance: random.Random) -> str:
    words = (chance.choice(_PROSE.split()) for _ in range(chance.randrange(5, 9)))
    return " ".join(words).capitalize() + "."


def _row(
    chance: random.Random, number: int, sentences: list[str]
) -> Iterator[str | int | float]:
    choose, below = chance.choice, chance.randrange
    address = f"{choose(_STREETS)} {below(1, 900)}"
    moment = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=below(180_000_000))
    yield from (number, f"K-{number:08d}", f"{choose(_KINDS).title()} {address}")
    yield from (choose(_KINDS), choose(_STATES))
    yield choose(_MAKERS) if chance.random() < 0.4 else ""
    yield from (address, f"{below(1011, 1109)} {chr(65 + below(26))}A")
    yield from (choose(_TOWNS), choose(_DISTRICTS), below(1400, 2000))
    yield str(date(1960, 1, 1) + timedelta(days=below(22_000)))
    yield moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    yield from (round(chance.random() * 100, 3), ("false", "true")[below(2)])
    yield " ".join(choose(sentences) for _ in range(5))
    yield from _position(chance)


def _position(chance: random.Random) -> tuple[float, float]:
    west, south, east, north = PLACE
    return round(chance.uniform(west, east), 6), round(chance.uniform(south, north), 6)


def _ring(chance: random.Random) -> list[list[float]]:
    """Give a closed ring around a place: it is seen whole from there, so is valid."""
    x, y = _position(chance)
    size = 10 ** chance.uniform(-3.5, -2.3)  # of 20 to 350 metres
    ring = []
    for step in range(VERTICES):
        angle = 2 * math.pi * step / VERTICES
        radius = size * chance.uniform(0.8, 1.2)
        east, north = 1.6 * radius * math.cos(angle), radius * math.sin(angle)
        ring.append([round(x + east, 7), round(y + north, 7)])
    return [*ring, ring[0]]
