"""What a client asks of a table, once its parameters are understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from data_service.schemas.tables import Field

from .cursors import Cursor
from .operators import Operator

DEFAULT_SIZE = 20
NO_COUNT, EXACT, ESTIMATE = COUNTS = ("false", "true", "estimate")


@dataclass(frozen=True)
class Condition:
    """A field, an operator and a parsed value."""

    field: Field
    operator: Operator
    value: Any


@dataclass(frozen=True)
class Sort:
    """A field to order by."""

    field: Field
    descending: bool = False


@dataclass(frozen=True)
class Query:
    """What a client asks; None stands for what was not said.

    Attributes:
        cursor: Where a page begins or ends, instead of its number.
        count: One of COUNTS.
        pairs: The query string as it came, for links to other pages.
        csv_header: What the first line of CSV has: id, titles or none.
        csv_separator: What stands between two values of CSV.
    """

    chosen_page: int | None = None
    chosen_size: int | None = None
    cursor: Cursor | None = None
    count: str = NO_COUNT
    format: str | None = None
    sort: tuple[Sort, ...] = ()
    fields: tuple[Field, ...] | None = None
    conditions: tuple[Condition, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    csv_header: str = "id"
    csv_separator: str = ","

    @property
    def page(self) -> int:
        """Give the number of the page."""
        return self.cursor.page if self.cursor else self.chosen_page or 1

    @property
    def size(self) -> int:
        """Give the number of rows on a page."""
        return self.chosen_size or DEFAULT_SIZE

    @property
    def is_plain(self) -> bool:
        """Say whether its rows are a stretch of the table as it lies."""
        return not (self.sort or self.conditions or self.cursor)

    @property
    def is_whole(self) -> bool:
        """Say whether nobody asked for a page."""
        return not (self.chosen_size or self.chosen_page or self.cursor)
