"""A real browser before the real services."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from .replication import Pair, running_pair
from .stack import ROOT, Houses, Stack, running_stack

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",  # as root, in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_SCREENSHOTS = ROOT / "test-artefacts"


@dataclass
class Watch:
    """What a page did that it must not do."""

    origins: frozenset[str]
    faults: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        """Note errors, violations of the policy, and requests to elsewhere."""
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on(
            "console",
            lambda message: self._console(message.type, message.text),
        )
        page.on("request", lambda request: self._request(request.url))

    def _console(self, kind: str, text: str) -> None:
        if kind == "error" or "Content Security Policy" in text:
            self.faults.append(f"console: {text}")

    def _request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"}:
            origin = f"{parts.scheme}://{parts.netloc}"
            if origin not in self.origins:
                self.faults.append(f"request: {url}")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Find the system's Chromium, or skip."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        pytest.skip("no Chromium is installed here")
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Start the browser once."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=list(_ARGUMENTS)
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, houses: Houses) -> Iterator[Callable[..., Page]]:
    """Open pages that are watched; in the end none of them may have done wrong."""
    watch = Watch(frozenset({houses.data, houses.catalog}))
    contexts = []

    def open_at(url: str, *, width: int = 1280, **options: object) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            **options,  # type: ignore[arg-type]
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        watch.follow(page)
        page.goto(url)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert watch.faults == []


@pytest.fixture
def screenshot(request: pytest.FixtureRequest) -> Callable[[Page, str], Path]:
    """Keep a picture of a page among the artefacts of the tests."""
    _SCREENSHOTS.mkdir(exist_ok=True)

    def keep(page: Page, name: str) -> Path:
        path = _SCREENSHOTS / f"{name}.png"
        page.screenshot(path=path, full_page=True)
        return path

    return keep


@pytest.fixture(scope="session")
def pair() -> Iterator[Pair]:
    """Run a primary and a replica, with a database of each service."""
    with running_pair() as pair:
        pair.create("data_service")
        pair.create("catalog_service")
        yield pair


@pytest.fixture(scope="session")
def stack(pair: Pair, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Run both services on the pair."""
    with running_on(pair, tmp_path_factory.mktemp("stack")) as stack:
        yield stack


@pytest.fixture(scope="session")
def houses(stack: Stack) -> Houses:
    """Give where the services answer, with a dataset published and harvested."""
    return stack.houses


def running_on(pair: Pair, folder: Path) -> AbstractContextManager[Stack]:
    """Run both services on two servers: rows come from the replica."""
    rows = f"{pair.url('data_service')}?load_balance_hosts=random"
    return running_stack(
        folder,
        pair.url("data_service"),
        pair.url("catalog_service"),
        ROWS_DATABASE_URL=f"{rows}&target_session_attrs=prefer-standby",
        SEARCHES_PER_MINUTE="0",
        SEND_SECONDS="3",
    )
