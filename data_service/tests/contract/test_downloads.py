"""The files of a dataset: listed, sent whole and in part, kept by their tag."""

import hashlib
import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from pyarrow import parquet

from data_service.api.downloads import FileGoneError
from data_service.downloading.kinds import KINDS
from data_service.downloading.making import make_download
from data_service.importing.downloads import KINDS as ASKED_FOR
from data_service.models import DownloadPart, PhysicalTable, Snapshot
from data_service.querying.downloads import PART_BYTES, files_of
from shared.testing.assertions import assert_problem

ROOT = "/v1/trees/_downloads"
PARQUET = f"{ROOT}/tree.parquet"


@pytest.fixture(scope="module")
def made(module_published, django_db_blocker):
    """Make the files of the trees, once for this module."""
    with django_db_blocker.unblock():
        physical = PhysicalTable.objects.get()
        for kind in KINDS:
            make_download(physical.pk, kind.name)
    return physical


@pytest.fixture
def entries(made, get):
    return {e["format"]: e for e in get(ROOT).json()["downloads"]}


def test_it_lists_the_files(entries):
    assert [entry["state"] for entry in entries.values()] == ["ready"] * 3
    assert entries["gpkg"]["href"].endswith("/v1/trees/_downloads/tree.gpkg")
    assert entries["xlsx"]["mediaType"].endswith("spreadsheetml.sheet")
    assert entries["parquet"]["madeAt"].endswith("+00:00")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_it_sends_what_it_lists(entries, get, kind):
    entry = entries[kind.name]

    response = get(f"{ROOT}/tree.{kind.name}")

    body = response.getvalue()
    assert len(body) == entry["size"] == int(response["Content-Length"])
    assert hashlib.sha256(body).hexdigest() == entry["sha256"]
    assert response["ETag"] == f'"{entry["sha256"]}"'
    assert response["Content-Type"] == kind.media_type
    assert response["Content-Disposition"].endswith(f'"trees-tree.{kind.name}"')
    assert response["API-Version"] == "1.0.0"


def test_it_sends_files_that_can_be_read(made, get):
    table = parquet.read_table(io.BytesIO(get(PARQUET).getvalue()))
    workbook = load_workbook(io.BytesIO(get(f"{ROOT}/tree.xlsx").getvalue()))

    assert table["name"].to_pylist() == ["Oak", "oAK", "Elm?", "Pine_%"]
    assert [cell.value for cell in workbook["tree"]["A"]] == ["id", 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("header", "start", "stop"),
    [
        ("bytes=0-9", 0, 10),
        ("bytes=10-", 10, None),
        ("bytes=-7", -7, None),
        ("BYTES= 5-999999999 ", 5, None),
    ],
)
def test_it_sends_a_range(made, get, header, start, stop):
    whole = get(PARQUET).getvalue()

    response = get(PARQUET, range=header)

    expected = whole[start:stop]
    first = start % len(whole)
    assert response.status_code == 206
    assert response.getvalue() == expected
    last = first + len(expected) - 1
    assert response["Content-Range"] == f"bytes {first}-{last}/{len(whole)}"
    assert response["Content-Length"] == str(len(expected))


@pytest.mark.parametrize(
    "header", ["bytes=1-2,4-5", "lines=1-2", "bytes=-", "bytes=9-1"]
)
def test_it_sends_everything_for_what_is_no_range(made, get, header):
    assert get(PARQUET, range=header).status_code == 200


@pytest.mark.parametrize("header", ["bytes=99999999-", "bytes=-0"])
def test_it_refuses_a_range_behind_the_end(entries, get, header):
    response = get(PARQUET, range=header)

    assert_problem(response, 416)
    assert response["Content-Range"] == f"bytes */{entries['parquet']['size']}"


def test_it_goes_on_only_with_the_same_file(made, get):
    etag = get(PARQUET)["ETag"]

    assert get(PARQUET, range="bytes=1-2", if_range=etag).status_code == 206
    assert get(PARQUET, range="bytes=1-2", if_range='"other"').status_code == 200


def test_it_sends_nothing_that_the_client_has(made, get):
    etag = get(PARQUET)["ETag"]

    assert get(PARQUET, if_none_match=etag).status_code == 304
    tag = get(ROOT)["ETag"]
    assert get(ROOT, if_none_match=tag).status_code == 304


def test_it_tells_a_file_without_sending_it(made, client):
    response = client.head(PARQUET)

    assert response.content == b""
    assert int(response["Content-Length"]) > 0
    assert response["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    "name", ["tree.csv", "bush.parquet", "tree", ".parquet", "tree.parquet/x"]
)
def test_it_has_no_other_files(made, get, name):
    assert_problem(get(f"{ROOT}/{name}"), 404)


def test_it_takes_no_parameters(made, get):
    assert_problem(get(f"{ROOT}?x=1"), 400, name="x")
    assert_problem(get(f"{PARQUET}?x=1"), 400, name="x")


def test_it_sends_only_what_is_accepted(made, get):
    assert_problem(get(PARQUET, accept="text/csv"), 406)


@pytest.fixture
def files(made, monkeypatch):
    """Have other files than there are: `files(xlsx=file)`, or None for none."""

    def change(**changes):
        known = {**files_of(Snapshot.objects.get().pk)}
        for kind, problem in changes.items():
            file = known.pop(("tree", kind))
            if problem:
                known["tree", kind] = replace(file, problem=problem)
        monkeypatch.setattr("data_service.api.downloads.files_of", lambda _id: known)

    return change


def test_it_says_when_a_file_is_still_to_be_made(files, get):
    files(gpkg="")

    response = get(f"{ROOT}/tree.gpkg")

    assert_problem(response, 404, in_detail="still to be made")
    assert response["Retry-After"] == "60"
    assert get(ROOT).json()["downloads"][1]["state"] == "waiting"


def test_it_lists_nothing_that_will_not_be_made(files, get, settings):
    settings.MAKE_DOWNLOADS = False
    files(gpkg="")

    formats = [entry["format"] for entry in get(ROOT).json()["downloads"]]

    assert formats == ["parquet", "xlsx"]
    assert "Retry-After" not in get(f"{ROOT}/tree.gpkg")


def test_it_says_why_there_is_no_file(files, get):
    files(xlsx="it has too many rows")

    response = get(f"{ROOT}/tree.xlsx")

    assert_problem(response, 404, in_detail="too many rows")
    entry = get(ROOT).json()["downloads"][2]
    assert entry["state"] == "impossible"
    assert entry["reason"] == "it has too many rows"


def test_it_breaks_off_when_a_file_is_removed(made, get, monkeypatch):
    response = get(PARQUET)
    monkeypatch.setattr("data_service.api.downloads.fetch_part", lambda *_: None)

    with pytest.raises(FileGoneError):
        response.getvalue()


def test_it_leaves_no_more_places_than_there_are(made, get, settings):
    settings.WEB_STREAMS = 1
    first = get(PARQUET)

    assert_problem(get(PARQUET), 503, in_detail="downloads")

    first.close()
    assert get(PARQUET).getvalue()


def test_it_knows_how_files_are_kept():
    assert PART_BYTES == DownloadPart.BYTES
    assert tuple(kind.name for kind in KINDS) == ASKED_FOR
