"""What the catalogue remembers: sources, harvests, APIs, versions, changes, words."""

from .apis import Api, listed_apis
from .changes import Change
from .comparisons import Comparison
from .harvests import Harvest
from .operations import Operation
from .search_entries import SearchEntry, Word
from .sources import Source
from .versions import Version

__all__ = [
    "Api",
    "Change",
    "Comparison",
    "Harvest",
    "Operation",
    "SearchEntry",
    "Source",
    "Version",
    "Word",
    "listed_apis",
]
