"""What the catalogue remembers: sources, their harvests, APIs and their versions."""

from .apis import Api
from .harvests import Harvest
from .sources import Source
from .versions import Version

__all__ = ["Api", "Harvest", "Source", "Version"]
