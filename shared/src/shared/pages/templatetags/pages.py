"""What the skeleton asks of the settings."""

from __future__ import annotations

from typing import Any

from django import template

from shared.pages.frame import Frame, frame_of

register = template.Library()


@register.simple_tag(takes_context=True)
def page_frame(context: dict[str, Any]) -> Frame:
    """Give the name, navigation and footer of this service, seen from this page."""
    request = context.get("request")
    return frame_of(request.path if request else "")
