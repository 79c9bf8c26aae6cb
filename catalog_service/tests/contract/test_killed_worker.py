"""A worker that is killed in the middle of a harvest; another one finishes it."""

from __future__ import annotations

import threading

import pytest
from django.test import Client
from providers import Answer, Provider, openapi

from catalog_service.models import Harvest
from shared.testing.killing import (
    let_another_finish,
    quiet_clock,  # noqa: F401
    running_worker,
)

SECONDS = 60


@pytest.mark.usefixtures("clean_jobs", "quiet_clock")
@pytest.mark.django_db(transaction=True)
def test_it_is_finished_by_another_case_36(
    client: Client,
    token: dict[str, str],
    provider: Provider,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    provider.serve("/a.json", openapi("Bridges"))
    url = provider.list_documents("/a.json")
    asked, go_on, answer = threading.Event(), threading.Event(), provider.answer

    def hold(path: str, headers: dict[str, str]) -> Answer:
        if path == "/a.json":
            asked.set()
            go_on.wait(SECONDS)
        return answer(path, headers)

    provider.answer = hold  # type: ignore[method-assign]
    client.post("/v1/sources", {"url": url}, "application/json", headers=token)
    monkeypatch.setenv("TRUSTED_ORIGINS", provider.origin)
    with running_worker() as worker:
        try:
            assert asked.wait(SECONDS)
            assert client.get("/v1/apis").json()["total"] == 0
        finally:
            worker.kill()
            worker.wait()
            go_on.set()
    let_another_finish()

    (api,) = client.get("/v1/apis").json()["items"]
    assert client.get(f"/v1/apis/{api['id']}/versions").json()["total"] == 1
    assert client.get("/v1/sources").json()["items"][0]["state"] == "well"
    messages = set(Harvest.objects.values_list("state", "message"))
    assert messages == {("failed", "it was broken off"), ("done", "")}
