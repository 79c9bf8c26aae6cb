"""What the catalogue remembers: sources, APIs, versions, what was found, changes."""

from .apis import Api, listed_apis
from .changes import Change
from .comparisons import Comparison
from .deviations import Deviation
from .harvests import Harvest
from .lint_reports import LintReport
from .live_checks import LiveCheck
from .operations import Operation
from .search_entries import SearchEntry, Word
from .sources import Source
from .versions import Version

__all__ = [
    "Api",
    "Change",
    "Comparison",
    "Deviation",
    "Harvest",
    "LintReport",
    "LiveCheck",
    "Operation",
    "SearchEntry",
    "Source",
    "Version",
    "Word",
    "listed_apis",
]
