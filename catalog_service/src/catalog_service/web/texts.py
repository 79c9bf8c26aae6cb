"""Markdown of documents that nobody vouches for, as HTML that does nothing.

The Markdown reader takes no HTML, and what it writes is cleaned once more: two walls,
each of which would do (ADR 0010).
"""

from __future__ import annotations

import html
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from markdown_it import MarkdownIt

MAX_SHOWN = 50_000
_SUMMARY_READ = 2_000
_SUMMARY_WORDS = 40
_TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "li",
    "ol", "p", "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_READER = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
# The page has its own h1, and an h2 around the description.
_LOWER = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6", "h6": "h6"}


def markdown(text: str) -> SafeString:
    """Render Markdown as clean HTML: no images, no styles, links that tell nothing."""
    tokens = _READER.parse(text[:MAX_SHOWN])
    for token in tokens:
        token.tag = _LOWER.get(token.tag, token.tag)
    rendered = _READER.renderer.render(tokens, _READER.options, {})
    clean = nh3.clean(
        rendered,
        tags=_TAGS,
        attributes={"a": {"href", "title"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener noreferrer",
    )
    return mark_safe(clean)  # noqa: S308  (nh3 has just cleaned it)


def summary(text: str) -> str:
    """Return the first words of a description, without any markup."""
    return _summary(text[:_SUMMARY_READ])


@lru_cache(maxsize=1_000)
def _summary(text: str) -> str:
    rendered = _READER.render(text)
    plain = html.unescape(nh3.clean(rendered, tags=set()))
    return Truncator(" ".join(plain.split())).words(_SUMMARY_WORDS)


def safe_link(url: str) -> str:
    """Return a URL that may stand in a link, or nothing."""
    return url if url.startswith(("http://", "https://")) else ""
