"""Match texts with patterns of strangers, in time linear in the text."""

from __future__ import annotations

from functools import lru_cache

import jsonschema_rs

_LONGEST_PATTERN = 500
_LONGEST_TEXT = 1000
# The engine of Rust's regex has no backtracking; this bounds its automaton.
_OPTIONS = jsonschema_rs.RegexOptions(size_limit=200_000, dfa_size_limit=200_000)


def matches(pattern: str, text: str) -> bool | None:
    """Tell whether the pattern is found in the text; None when that is not known.

    Patterns that look around or back (ECMA-262) need an engine that backtracks.
    """
    if len(pattern) > _LONGEST_PATTERN or len(text) > _LONGEST_TEXT:
        return None
    validator = _validator(pattern)
    return None if validator is None else validator.is_valid(text)


@lru_cache(maxsize=256)
def _validator(pattern: str) -> jsonschema_rs.Validator | None:
    try:
        return jsonschema_rs.Draft202012Validator(
            {"pattern": pattern}, pattern_options=_OPTIONS, offline=True
        )
    except (ValueError, jsonschema_rs.ReferencingError):
        return None
