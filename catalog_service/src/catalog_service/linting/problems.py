"""The media types of an error (RFC 9457 §3, §B)."""

PROBLEM_TYPES = frozenset({"application/problem+json", "application/problem+xml"})
