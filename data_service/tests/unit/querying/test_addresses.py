"""The grammar of addresses, without a database."""

import pytest

from data_service.querying.addresses import (
    AddressError,
    Place,
    parse_address,
    requested_address,
)


@pytest.mark.parametrize(
    ("path", "dataset", "place"),
    [
        ("/v1/trees", "trees", Place("trees")),
        ("/v1/trees/v2", "trees", Place("trees", "v2")),
        ("/v1/trees/tree", "trees", Place("trees", "", "tree")),
        ("/v1/trees/v2/tree", "trees", Place("trees", "v2", "tree")),
        ("/v1/trees/tree/7", "trees", Place("trees", "", "tree", "7")),
        ("/v1/trees/v1/tree/v1", "trees", Place("trees", "v1", "tree", "v1")),
        ("/v1/green/trees/tree", "green/trees", Place("green/trees", "", "tree")),
        ("/v1/trees/tree/a%2Fb", "trees", Place("trees", "", "tree", "a/b")),
        ("/v1/trees/tree/%C3%A9%20%3F", "trees", Place("trees", "", "tree", "é ?")),
        ("/v1/trees/v1x/7", "trees", Place("trees", "", "v1x", "7")),
    ],
)
def test_it_reads_what_stands_below_a_dataset(path, dataset, place):
    assert parse_address(path).below(dataset) == place


@pytest.mark.parametrize(
    "path",
    [
        "/v1/",
        "/v1/trees/",
        "/v1//trees",
        "/v1/trees/tree/7/",
        "/v1/trees/%00",
        "/v1/trees/%FF",
        "/v2/trees",
        "/v1/" + "a/" * 20 + "a",
    ],
)
def test_it_refuses_what_no_resource_can_be_called(path):
    with pytest.raises(AddressError):
        parse_address(path)


def test_it_refuses_more_segments_than_an_identifier():
    with pytest.raises(AddressError):
        parse_address("/v1/trees/tree/a/b").below("trees")


def test_it_offers_the_longest_dataset_path_first():
    paths = parse_address("/v1/a/b/c").dataset_paths

    assert paths == ("a/b/c", "a/b", "a")


@pytest.mark.parametrize(
    "environ",
    [
        {"RAW_URI": "/v1/trees/tree/a%2Fb?page=1"},
        {"RAW_URI": "http://example.org/v1/trees/tree/a%2Fb"},
        {"RAW_URI": "/kade/v1/trees/tree/a%2Fb", "SCRIPT_NAME": "/kade"},
        {"PATH_INFO": "/v1/trees/tree/a/b"},
    ],
)
def test_it_takes_the_path_as_the_client_wrote_it(environ):
    assert requested_address(environ).below("trees").key == "a/b"


def test_it_reads_a_path_that_the_server_decoded():
    environ = {"PATH_INFO": "/v1/trees/tree/é".encode().decode("latin-1")}

    assert requested_address(environ).below("trees").key == "é"


def test_it_knows_the_base_of_a_version():
    assert Place("green/trees", "v2", "tree", "7").base == "/v1/green/trees/v2"
