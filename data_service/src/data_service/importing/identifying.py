"""Which columns are likely to identify rows, by what they are called."""

from __future__ import annotations

from collections.abc import Sequence

from .asking import option

# The first column of a file numbers its rows, when it is called so.
_NUMBERS = frozenset({"nr", "no", "num", "number", "nummer"})
_ENDINGS = ("code", "key", "sleutel", "nummer")
# What many rows of another file will share, although those of this one do not.
_SHARED = ("postcode", "postalcode", "zipcode", "zip", "huisnummer", "housenumber")
_MOST_NAMED = 3


def rank(name: str, *, is_first: bool) -> int:
    """Rank a field by its id: the lowest is the likeliest to identify rows."""
    lowered = name.lower()
    if lowered == "id":
        return 0
    if name.endswith(("Id", "ID")) or lowered in ("identifier", "identificatie"):
        return 1
    if lowered.endswith(_SHARED):
        return 4
    if lowered in _NUMBERS:
        return 1 if is_first else 2
    return 2 if lowered.endswith(_ENDINGS) else 3


def doubt_choice(chosen: str, others: Sequence[str]) -> str:
    """Say that others were not chosen; empty for a name that leaves no doubt."""
    if not others or chosen.lower() == "id":
        return ""
    names = ", ".join(others[:_MOST_NAMED])
    more = f" and {len(others) - _MOST_NAMED} more" if len(others) > _MOST_NAMED else ""
    return (
        f"rows are identified by {chosen}; {names}{more} may do so too: "
        f"{option('key')} says which"
    )
