"""Which renderer answers, for DRF (adapter of `shared.negotiation`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from typing_extensions import override

from shared.negotiation import preferred
from shared.problems import NotAcceptableError


class AcceptNegotiation(DefaultContentNegotiation):
    """Choose by the Accept header alone; a `format` parameter means nothing."""

    @override
    def select_renderer(  # type: ignore[override]
        self,
        request: Request,
        renderers: Sequence[Any],
        format_suffix: str | None = None,
    ) -> tuple[Any, str]:
        """Return the renderer and its media type; raises NotAcceptableError."""
        offered = {renderer.media_type: renderer for renderer in reversed(renderers)}
        types = tuple(reversed(offered))
        chosen = preferred(request.META.get("HTTP_ACCEPT", ""), types)
        if chosen is None:
            raise NotAcceptableError(f"This address offers {', '.join(types)}.")
        return offered[chosen], chosen
