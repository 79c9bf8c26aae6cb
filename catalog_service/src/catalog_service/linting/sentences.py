"""Sentences in two languages, with words of a document filled in."""

from __future__ import annotations

from dataclasses import dataclass

_LONGEST = 80
# Characters that do not show, or that turn the direction of what follows them.
_HIDDEN = {
    code: f"\\u{code:04x}"
    for code in (
        *range(0x20),
        *range(0x7F, 0xA0),
        *range(0x2028, 0x202F),
        *range(0x2066, 0x206A),
        *range(0xD800, 0xE000),
    )
}


@dataclass(frozen=True)
class Sentence:
    """The same sentence in Dutch and in English; `{name}` is filled in."""

    nl: str
    en: str

    def filled(self, words: dict[str, object]) -> tuple[str, str]:
        """Return both sentences with the words of a document, made fit to show."""
        shown = {name: shown_of(word) for name, word in words.items()}
        return self.nl.format(**shown), self.en.format(**shown)

    def with_gaps(self) -> tuple[str, str]:
        """Return both sentences for any document, an ellipsis in each gap."""
        return self.nl.format_map(_Gaps()), self.en.format_map(_Gaps())


class _Gaps(dict[str, str]):
    """Has the same for every name."""

    def __missing__(self, name: str) -> str:
        return "…"


def shown_of(word: object) -> str:
    """Return a word, cut off and with nothing hidden in it."""
    if isinstance(word, (dict, list)):
        return "{…}" if isinstance(word, dict) else "[…]"
    text = word if isinstance(word, str) else repr(word)[: _LONGEST + 1]
    cut = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return cut.translate(_HIDDEN)
