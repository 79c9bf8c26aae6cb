"""What comes in as bytes."""

from __future__ import annotations

import codecs

import pytest

from catalog_service.documents import (
    JSON,
    YAML,
    DocumentError,
    EncodingError,
    NotOpenApiError,
    NumberError,
    SyntaxFaultError,
    TooLargeError,
    read_document,
)

INFO = '"info": {"title": "A", "version": "1"}'
MINIMAL = f'{{"openapi": "3.0.3", {INFO}, "paths": {{}}}}'

KNOWN = [
    (f'{{"swagger": "2.0", {INFO}}}', "Swagger 2.0"),
    (MINIMAL, "OpenAPI 3.0.3"),
    (f'{{"openapi": "3.1.1", {INFO}}}', "OpenAPI 3.1.1"),
    (f'{{"openapi": "3.2.0", {INFO}}}', "OpenAPI 3.2.0"),
    ("openapi: 3.1\ninfo: {}", "OpenAPI 3.1"),
    ("swagger: 2.0\ninfo: {}", "Swagger 2.0"),
    ("openapi: 3.0.0-rc2\n", "OpenAPI 3.0.0-rc2"),
    ('{openapi: "3.0.0"}', "OpenAPI 3.0.0"),
]
REFUSED = [
    (b"", NotOpenApiError, "empty"),
    (b" \n\t", NotOpenApiError, "empty"),
    (b"<!doctype html><title>Log in</title>", NotOpenApiError, "looks like HTML"),
    (b"\n <html>", NotOpenApiError, "looks like HTML"),
    (b"Not found", NotOpenApiError, "not an object"),
    (b"[]", NotOpenApiError, "not an object"),
    (b'{"a": 1}', NotOpenApiError, "no key 'openapi'"),
    (b'{"linkset": []}', NotOpenApiError, "a linkset"),
    (b"asyncapi: 3.0.0", NotOpenApiError, "AsyncAPI"),
    (b"openapi: 3.3.0", NotOpenApiError, "'3.3.0' is not read"),
    (b"openapi: [3]", NotOpenApiError, "is not read"),
    (b"openapi: true", NotOpenApiError, "is not read"),
    (b"swagger: '1.2'", NotOpenApiError, "Swagger '1.2'"),
    (MINIMAL[:-9].encode(), SyntaxFaultError, "not JSON"),
    (b'{"a": NaN}', NumberError, "NaN"),
    (b'{"a": ' + b'"x",' * 2_000_000, SyntaxFaultError, "not JSON"),
    (b"openapi: 3.0.0\ntitle: caf\xe9", EncodingError, "line 2: byte 0xe9"),
    (MINIMAL.encode("utf-16-le"), EncodingError, "NUL"),
    (b"\xff\xfe\x00", EncodingError, "utf-16"),
    (b"a: \x00", EncodingError, "NUL"),
    (b" " * 10_000_001, TooLargeError, "10,000,000"),
]


@pytest.mark.parametrize(("text", "name"), KNOWN)
def test_it_recognises_every_specification(text: str, name: str) -> None:
    assert read_document(text.encode()).specification.name == name


@pytest.mark.parametrize(("raw", "error", "words"), REFUSED, ids=lambda v: str(v)[:20])
def test_it_says_why_it_refuses(
    raw: bytes, error: type[DocumentError], words: str
) -> None:
    with pytest.raises(error, match=words):
        read_document(raw)


@pytest.mark.parametrize(
    "raw",
    [
        codecs.BOM_UTF8 + MINIMAL.encode(),
        MINIMAL.encode("utf-16"),
        codecs.BOM_UTF16_BE + MINIMAL.encode("utf-16-be"),
    ],
)
def test_it_takes_a_byte_order_mark(raw: bytes) -> None:
    assert read_document(raw).specification.family == "3.0"


def test_it_finds_out_how_a_document_is_written() -> None:
    assert read_document(MINIMAL.encode()).media_type == JSON
    assert read_document(b"openapi: 3.0.0").media_type == YAML
    assert read_document(b'{openapi: "3.0.0"}').media_type == YAML
