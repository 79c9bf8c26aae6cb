"""The gate as a pipeline sees it: the script asks a real catalogue."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from documents import as_bytes, bridges, broken_bridges
from factories import make_api

SCRIPT = Path(__file__).resolve().parents[3] / ".jenkins" / "check-contract"


@pytest.mark.django_db(transaction=True)
def test_it_stops_a_release_that_breaks_clients(
    live_server: Any, token: dict[str, str], tmp_path: Path
) -> None:
    make_api(bridges())
    environment = {
        **os.environ,
        "CATALOG_URL": live_server.url,
        "CATALOG_TOKEN": token["Authorization"].removeprefix("Bearer "),
    }

    def check(document: dict[str, Any]) -> tuple[int, str]:
        path = tmp_path / "openapi.json"
        path.write_bytes(as_bytes(document))
        run = subprocess.run(  # noqa: S603
            [SCRIPT, path],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        return run.returncode, run.stdout

    code, told = check(broken_bridges())
    assert code == 1
    assert "BREAKS: This would break clients of Bridges." in told
    assert "(operation-removed)" in told
    assert check(broken_bridges("2.0.0"))[0] == 0
    assert check(bridges())[0] == 0
