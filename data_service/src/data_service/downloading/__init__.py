"""Whole tables as files that PostgreSQL cannot write, made once by a job (ADR 0023)."""
