"""A real browser on the real service: one Chromium and one demonstration market per process.

Without any browser these tests say that they did not run; with `CI=true` that is a failure.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from app import create_app
from tests.browser.finding import find, flags
from tests.browser.planting import demonstration_with_more
from tests.browser.served import MORNING, Served, serving
from tests.browser.visiting import Visit
from tests.conftest import Templates, close, settings_for

HERE = Path(__file__).parent
LONGEST_WAIT_MS = 20_000

Visitor = Callable[..., Visit]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder opens pages in a real browser.

    Where the browser did not answer in time, on a machine with many others, it is asked once more.
    """
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=["TimeoutError"]))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this test process."""
    with sync_playwright() as playwright:
        path = find(playwright.chromium.executable_path)
        if path is None:
            sentence = "There is no Chromium here and none could be installed."
            if os.environ.get("CI") == "true":
                pytest.fail(sentence)
            pytest.skip(f"{sentence} The browser tests did not run.")
        browser = playwright.chromium.launch(executable_path=path, args=flags())
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demonstration(
    templates: Templates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """The demonstration market, served once for all tests of this process that change nothing."""
    address = templates.copy("sqlite", "browser", demonstration_with_more)
    settings = settings_for(address, tmp_path_factory.mktemp("browser"))
    settings.development = True
    app = create_app(settings)
    with serving(app) as served:
        yield served
    close(app)


@pytest.fixture
def market(demonstration: Served) -> Served:
    """The served demonstration market, on a Tuesday at ten."""
    demonstration.at(MORNING)
    return demonstration


@pytest.fixture
def visitor(chromium: Browser, market: Served) -> Iterator[Visitor]:
    """Sends fresh visitors: `visitor(width=…)`, of the demonstration or another served market."""
    visits: list[Visit] = []

    def send(to: Served = market, width: int = 360, **wishes: Any) -> Visit:
        visit = Visit(chromium, to, viewport={"width": width, "height": 740}, **wishes)
        visit.page.set_default_timeout(LONGEST_WAIT_MS)
        visits.append(visit)
        return visit

    yield send
    for visit in visits:
        visit.context.close()
