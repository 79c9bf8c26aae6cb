"""The OpenAPI document of a dataset, written from the tables that the service reads.

Fields, operators, reserved parameters and formats are described by the same rows that
parse and answer, so the document says what the service does (ADR 0006).
"""
