"""Answers compressed as the client asks, and entity tags that tell them apart."""

import gzip

import pytest
from backports import zstd

LIST = "/v1/trees/tree"
SMALL = "/v1/trees/tree/1?_fields=id"
DOCUMENT = "/v1/trees/openapi.json"
DECODERS = {"gzip": gzip.decompress, "zstd": zstd.decompress}
EXPORTS = [f"{LIST}?_format={name}" for name in ("csv", "geojson", "ndjson")]


@pytest.mark.parametrize("coding", DECODERS)
@pytest.mark.parametrize("url", [LIST, DOCUMENT, *EXPORTS])
def test_it_compresses(get, url, coding):
    plain = get(url)
    packed = get(url, accept_encoding=coding)

    assert packed["Content-Encoding"] == coding
    assert DECODERS[coding](packed.getvalue()) == plain.getvalue()
    assert "Content-Encoding" not in plain
    assert packed["Vary"] == plain["Vary"]
    assert packed["Vary"].startswith("Accept, Accept-Encoding")


def test_it_leaves_small_answers_as_they_are(get):
    assert "Content-Encoding" not in get(SMALL, accept_encoding="gzip")


@pytest.mark.parametrize("url", [LIST, EXPORTS[0]])
def test_it_has_an_entity_tag_for_each_coding(get, url):
    def answer(coding, **headers):
        response = get(url, accept_encoding=coding, **headers)
        response.close()
        return response

    codings = ("identity", "gzip", "zstd")
    tags = {coding: answer(coding)["ETag"] for coding in codings}

    assert len(set(tags.values())) == 3
    for coding in codings:
        unchanged = {
            c
            for c in codings
            if answer(coding, if_none_match=tags[c]).status_code == 304
        }
        assert unchanged == {coding}


def test_it_names_the_variant_that_is_unchanged(get):
    tag = get(LIST, accept_encoding="gzip")["ETag"]

    answer = get(LIST, accept_encoding="gzip", if_none_match=tag)

    assert answer["ETag"] == tag
    assert "Content-Encoding" not in answer
