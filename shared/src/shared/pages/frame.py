"""What stands around every page: name, navigation, footer. It is in the settings.

A template tag asks for it, not a context processor, so that an error page has it too
when there is nothing but the error.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_StrOrPromise = str | Promise

_FOOTER: Sequence[tuple[_StrOrPromise, str]] = (
    (_("API catalog"), "/.well-known/api-catalog"),
    (_("Status"), "/status/health"),
)


@dataclass(frozen=True)
class Entry:
    """A link of the navigation."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Frame:
    """The surroundings of a page."""

    name: str
    organisation: str
    contact: Entry | None
    version: str
    navigation: tuple[Entry, ...]
    footer: tuple[Entry, ...]


def frame_of(path: str) -> Frame:
    """Read the frame from the settings, for the page at this path.

    The settings are SERVICE_NAME, SERVICE_VERSION (or API_VERSION), NAVIGATION and
    FOOTER_LINKS (pairs of a label and a URL), ORGANISATION_NAME and the contact.
    """
    return Frame(
        name=_setting("SERVICE_NAME") or "Kade",
        organisation=_setting("ORGANISATION_NAME"),
        contact=_contact(),
        version=_setting("SERVICE_VERSION") or _setting("API_VERSION"),
        navigation=_entries(getattr(settings, "NAVIGATION", ()), path),
        footer=_entries(getattr(settings, "FOOTER_LINKS", _FOOTER), path),
    )


def _setting(name: str) -> str:
    return str(getattr(settings, name, None) or "")


def _contact() -> Entry | None:
    mail = _setting("CONTACT_EMAIL")
    url = _setting("CONTACT_URL")
    if mail and url in {"", _setting("PUBLIC_URL")}:
        url = f"mailto:{mail}"
    return Entry(_setting("CONTACT_NAME") or url, url) if url else None


def _entries(
    pairs: Iterable[tuple[_StrOrPromise, str]], path: str
) -> tuple[Entry, ...]:
    return tuple(Entry(str(label), url, current=url == path) for label, url in pairs)
