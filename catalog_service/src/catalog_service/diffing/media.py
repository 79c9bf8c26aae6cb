"""Media types: which one became which.

Case and parameters do not count (RFC 9110, section 8.3.1). A type with a structured
suffix is a special case of its base: application/hal+json of application/json
(RFC 6838, section 4.2.8).
"""

from __future__ import annotations

from dataclasses import dataclass

from catalog_service.diffing.nodes import Node


@dataclass(frozen=True)
class MediaPair:
    """A media type on both sides; None on the side that lacks it."""

    name: str
    old: Node | None
    new: Node | None
    old_name: str = ""

    @property
    def is_textual(self) -> bool:
        """Tell whether values travel as text, without types of their own."""
        return not is_json(self.name)


def pair_media(old: Node | None, new: Node | None) -> list[MediaPair]:
    """Pair the media types of two contents."""
    before = _named(old)
    after = _named(new)
    pairs = [
        MediaPair(name, before.pop(name), after.pop(name), name)
        for name in list(before)
        if name in after
    ]
    for old_name in list(before):
        name = next((one for one in after if _related(old_name, one)), None)
        if name:
            pairs.append(
                MediaPair(name, before.pop(old_name), after.pop(name), old_name)
            )
    pairs += [MediaPair(name, node, None, name) for name, node in before.items()]
    return pairs + [MediaPair(name, None, node) for name, node in after.items()]


def is_more_general(name: str, than: str) -> bool:
    """Tell whether one media type is the base of the other."""
    return name != than and _base(than) == name


def is_json(name: str) -> bool:
    """Tell whether a media type is JSON, or might be."""
    return _base(name).endswith(("/json", "*", "/x-ndjson")) or name.endswith("json")


def _named(content: Node | None) -> dict[str, Node]:
    items = content.items() if content else ()
    return {name.partition(";")[0].strip().lower(): node for name, node in items}


def _base(name: str) -> str:
    main, _, rest = name.partition("/")
    _, plus, suffix = rest.rpartition("+")
    return f"{main}/{suffix}" if plus else name


def _related(one: str, other: str) -> bool:
    return one in (_base(other), other) or other == _base(one)
