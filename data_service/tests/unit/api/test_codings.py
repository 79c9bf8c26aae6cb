"""Which coding a client wants, and how streams are compressed."""

import gzip

import pytest
from backports import zstd
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from data_service.api.codings import SMALLEST_BODY, encode, variant, wanted_coding


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("", ""),
        ("br", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("zstd;q=0.5, gzip;q=0.8", "gzip"),
        ("gzip;q=0", ""),
        ("*", "zstd"),
        ("*;q=0", ""),
        ("zstd;q=0, *", "gzip"),
        ("identity, gzip;q=0.5", ""),
        ("identity;q=0.5, gzip", "gzip"),
        ("gzip;q=x", ""),
        ("gzip;q=", "gzip"),
        ("gzip;q=1.0000000", ""),
        (", ,;", ""),
    ],
)
def test_it_reads_what_is_wanted(header, coding):
    request = RequestFactory().get("/", HTTP_ACCEPT_ENCODING=header)

    assert wanted_coding(request) == coding


def test_it_marks_the_entity_tag():
    assert variant('"abc"', "gzip") == '"abc-gzip"'
    assert variant('"abc"', "") == '"abc"'


@pytest.mark.parametrize(
    ("coding", "decode"), [("gzip", gzip.decompress), ("zstd", zstd.decompress)]
)
def test_it_compresses_a_stream(coding, decode):
    response = StreamingHttpResponse(iter([b"a" * 10, b"", b"b" * 10]))

    encode(response, coding)

    assert decode(response.getvalue()) == b"a" * 10 + b"b" * 10


def test_it_does_not_compress_twice():
    body = b"x" * SMALLEST_BODY
    response = HttpResponse(body, headers={"Content-Encoding": "br"})

    encode(response, "gzip")

    assert response.content == body


def test_it_never_ends_a_stream_that_fails():
    def chunks():
        yield b"a" * 100_000
        raise RuntimeError("half way")

    response = StreamingHttpResponse(chunks())
    encode(response, "gzip")

    with pytest.raises(RuntimeError, match="half way"):
        response.getvalue()
