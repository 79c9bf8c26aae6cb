"""Pages of a collection."""

import pytest
from django.test import RequestFactory

from shared.paging import Page, link_header, page_links, read_page
from shared.problems import BadRequestError, NotFoundError


def test_it_reads_defaults():
    assert read_page({}) == Page(1, 20)


def test_it_reads_page_and_size():
    assert read_page({"page": "3", "pageSize": "10"}).start == 20


@pytest.mark.parametrize("text", ["0", "-1", "x", "", "1e3", "٣", "1" * 30, "1000001"])
def test_it_refuses_both_at_once(text):
    with pytest.raises(BadRequestError) as caught:
        read_page({"page": text, "pageSize": text})

    assert [fault.name for fault in caught.value.faults] == ["page", "pageSize"]


@pytest.mark.parametrize(("total", "pages"), [(0, 1), (1, 1), (20, 1), (21, 2)])
def test_it_counts_pages(total, pages):
    assert Page(1, 20).count_pages(total) == pages


def test_it_finds_nothing_past_the_end():
    Page(1, 20).check(0)

    with pytest.raises(NotFoundError, match="the last is 2"):
        Page(3, 20).check(40)


def test_it_links_to_the_other_pages():
    request = RequestFactory().get("/v1/things?q=a%26b&page=2&q=c")

    links = page_links(request, Page(2, 20), 60)

    assert list(links) == ["first", "prev", "next", "last"]
    assert links["next"] == "https://kade.example/v1/things?q=a%26b&q=c&page=3"
    assert 'rel="prev"' in link_header(links)


def test_it_leaves_out_pages_that_are_not_there():
    request = RequestFactory().get("/v1/things")

    assert list(page_links(request, Page(1, 20), 5)) == ["first", "last"]
