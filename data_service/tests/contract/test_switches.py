"""Answers that are under way while another snapshot is activated."""

import pytest

from data_service.importing.snapshots import roll_back

URL = "/v1/trees/tree?_format=csv&_fields=id,name"


@pytest.fixture
def small_batches(monkeypatch):
    """Send each row by itself, so that an export has a middle."""
    monkeypatch.setattr("data_service.querying.copying.BATCH_BYTES", 1)


def test_it_goes_on_with_the_snapshot_it_began_with(
    client, publish_rows, small_batches
):
    publish_rows()
    before = client.get(URL).getvalue()
    export = client.get(URL)
    chunks = iter(export.streaming_content)
    first = next(chunks)

    publish_rows([{"id": 1, "name": "New", "planted": "2024-01-01"}])

    assert client.get(URL).getvalue() == b"id,name\r\n1,New\r\n"
    assert first + b"".join(chunks) == before
    roll_back("trees")
    assert client.get(URL).getvalue() == before
