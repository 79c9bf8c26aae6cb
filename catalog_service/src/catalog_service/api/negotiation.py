"""For addresses that name the form they answer in: the Accept header has no say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from typing_extensions import override


class OnlyNegotiation(BaseContentNegotiation):
    """Answer with the one renderer that there is."""

    @override
    def select_parser(self, request: Request, parsers: Iterable[Any]) -> Any:
        """Return the first parser."""
        return next(iter(parsers))

    @override
    def select_renderer(
        self,
        request: Request,
        renderers: Iterable[Any],
        format_suffix: str | None = None,
    ) -> tuple[Any, str]:
        """Return the first renderer."""
        renderer = next(iter(renderers))
        return renderer, renderer.media_type


class BytesRenderer(BaseRenderer):
    """Pass on bytes."""

    charset = None
    render_style = "binary"

    @override
    def render(self, data: Any, *_: Any, **__: Any) -> Any:
        """Return the bytes as they are."""
        return data


class JsonBytesRenderer(BytesRenderer):
    """Bytes that are JSON."""

    media_type = "application/json"
    format = "json"


class YamlBytesRenderer(BytesRenderer):
    """Bytes that are YAML (RFC 9512)."""

    media_type = "application/yaml"
    format = "yaml"
