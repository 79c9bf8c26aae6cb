"""The control API: what is published, what was, and how it came in (ADR 0005)."""
