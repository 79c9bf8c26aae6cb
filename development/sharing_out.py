"""A plugin for pytest: both workers have something to do until the end.

pytest-xdist hands out files, those with most tests first; the slow tests, few in their
files, would come last, and one worker would wait for the other.
"""

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

# What its tests share is started once per worker: whole services, a browser, servers.
TOGETHER = "tests/e2e/"


class Scheduling(LoadFileScheduling):  # type: ignore[misc]
    """Hands out file by file, and at once what shares whole services."""

    def _split_scope(self, nodeid: str) -> str:
        return portion(nodeid)


def portion(nodeid: str) -> str:
    """Name what a test is handed out with."""
    return TOGETHER if nodeid.startswith(TOGETHER) else nodeid.partition("::")[0]


@pytest.hookimpl(trylast=True)  # after pytest-randomly
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files with slow tests first; else they stay in their random order."""
    slow = {item.path for item in items if _is_slow(item)}
    items.sort(key=lambda item: item.path not in slow)


def _is_slow(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("slow") is not None
    return marked or portion(item.nodeid) == TOGETHER


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    """Give what hands out the tests."""
    return Scheduling(config, log)
