"""The variables that docs/settings.md names; a test holds that those are all."""

import re

from development.places import ROOT

PAGE = ROOT / "docs" / "settings.md"
_NAME = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)
_OF_MAKE = "## `make`"


def names_for_services() -> list[str]:
    """Name what services read, as often as it is described."""
    return _NAME.findall(PAGE.read_text("utf-8").partition(_OF_MAKE)[0])


def documented_names() -> frozenset[str]:
    """Name what services and the verbs of `make` read."""
    return frozenset(_NAME.findall(PAGE.read_text("utf-8")))
