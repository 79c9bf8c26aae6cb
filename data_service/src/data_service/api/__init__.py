"""The face of the rows: /v1, as plain views (ADR 0005)."""
