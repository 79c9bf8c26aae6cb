"""What is refused in a URL before anything is looked up."""

from __future__ import annotations

import pytest

from shared.fetching import (
    RedirectRefusedError,
    UrlRefusedError,
    check_url,
    origin_of,
)
from shared.fetching.following import redirected

REFUSED = [
    ("ftp://host/", "scheme"),
    ("file:///etc/passwd", "scheme"),
    ("gopher://host/", "scheme"),
    ("data:text/plain,x", "scheme"),
    ("javascript:alert(1)", "scheme"),
    ("//host/x", "scheme"),
    ("openapi.json", "scheme"),
    ("http://a:b@host/", "user"),
    ("http://good.example@evil.example/", "user"),
    ("http://@host/", "user"),
    ("http://host/\r\nX: y", "text"),
    ("http://ho\tst/", "text"),
    (" http://host/", "text"),
    ("http://good.example\\@evil.example/", "text"),
    ("http://host/\u2028", "text"),
    ("http://host/" + "a" * 2000, "length"),
    ("http:///x", "host"),
    ("http://host./", "host"),
    ("http://ho..st/", "host"),
    ("http://-host/", "host"),
    ("http://ho*st/", "host"),
    ("http://①②⑦.⓪.⓪.①/", "host"),
    ("http://[::1/", "host"),
    ("http://[::1::2]/", "host"),
    ("http://[fe80::1%25eth0]/", "host"),
    ("http://" + "a" * 254 + "/", "host"),
    ("http://host:99999/", "port"),
    ("http://host:x/", "port"),
    ("http://host:0/", "port"),
]

TAKEN = [
    ("http://host", "http://host/"),
    ("HTTP://HOST:80/x", "http://host/x"),
    ("https://host:443/x?a=b#c", "https://host/x?a=b"),
    ("https://host:8443/", "https://host:8443/"),
    ("https://bücher.example/é?ü=1", "https://xn--bcher-kva.example/%C3%A9?%C3%BC=1"),
    ("http://[2001:DB8::1]:81/", "http://[2001:db8::1]:81/"),
    ("http://data_service:8001/a%2Fb", "http://data_service:8001/a%2Fb"),
]


@pytest.mark.parametrize(("url", "part"), REFUSED)
def test_it_names_the_part_that_is_refused(url: str, part: str) -> None:
    with pytest.raises(UrlRefusedError) as refused:
        check_url(url)

    assert refused.value.part == part
    assert str(refused.value).startswith(f"{part} of the URL: ")


@pytest.mark.parametrize(("url", "written"), TAKEN)
def test_it_writes_a_url_in_one_way(url: str, written: str) -> None:
    assert check_url(url).url == written


def test_it_trusts_an_origin_only_when_all_of_it_is_the_same() -> None:
    trusted = ["http://inner:8001"]

    assert check_url("http://INNER:8001/v1", trusted=trusted).trusted
    assert not check_url("http://inner:8002/v1", trusted=trusted).trusted
    assert not check_url("https://inner:8001/v1", trusted=trusted).trusted
    assert not check_url("http://inner/v1", trusted=trusted).trusted


def test_it_leaves_the_default_port_out_of_an_origin() -> None:
    assert origin_of("https://host:443/x") == "https://host"


def test_it_refuses_to_leave_https() -> None:
    secure = check_url("https://host/a")

    assert redirected(secure, "b", []).url == "https://host/b"
    with pytest.raises(RedirectRefusedError, match="https to http"):
        redirected(secure, "http://host/b", [])


def test_it_connects_where_a_trusted_origin_is_reached() -> None:
    target = check_url(
        "http://localhost:8001/v1?x=1",
        trusted={"http://localhost:8001": "http://inside:8000"},
    )

    assert target.trusted
    assert target.authority == "localhost:8001"
    assert target.place.url == "http://inside:8000/v1?x=1"


def test_it_connects_to_the_origin_itself_otherwise() -> None:
    target = check_url("http://a.example/", trusted=("http://a.example",))

    assert target.place == target
