"""A visitor in a browser who notices what pages must not do."""

import json
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Frame, Page, Request

from tests.browser.served import Served

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
AXE = {
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
WIDTHS = (320, 360, 1280)
HEIGHTS = {320: 640, 360: 740, 1280: 900}
SCHEMES = ("light", "dark")


class Visit:
    """A fresh visitor's page, and a diary of complaints, requests and dialogs."""

    def __init__(self, browser: Browser, market: Served, **wishes: Any) -> None:
        wishes = {"viewport": {"width": 360, "height": 740}, "locale": "lv-LV", **wishes}
        self.market = market
        self.context = browser.new_context(base_url=market.address, **wishes)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.dialogs: list[str] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._note_request)
        self.page.on("dialog", self._note_dialog)

    def go(self, path: str) -> Page:
        """Open a page of the market and wait until all of it is there, its frames too."""
        self.page.goto(path, wait_until="load")
        return self.page

    def resize(self, width: int, scheme: str = "light") -> None:
        """Another screen and another light."""
        self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        self.page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, 800)})

    def findings(self) -> list[str]:
        """What axe finds on the page as it stands."""
        return axe(self.page.main_frame, [*WCAG, "best-practice"])

    def strangers(self) -> list[str]:
        """Requests that went to another host."""
        return [url for url in self.requests if not url.startswith(f"{self.market.address}/")]

    def traces(self) -> list[str]:
        """Cookies and storage that the visit has left in the browser."""
        kept = self.page.evaluate(
            """async () => [
                ...Object.keys(localStorage), ...Object.keys(sessionStorage),
                ...(await indexedDB.databases()).map(one => one.name),
                ...(await navigator.serviceWorker.getRegistrations()).map(one => one.scope),
            ]"""
        )
        return [*kept, *(cookie["name"] for cookie in self.context.cookies())]

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text}")

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith(("data:", "blob:", "about:")):
            self.requests.append(request.url)

    def _note_dialog(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()


def axe(frame: Frame, tags: list[str]) -> list[str]:
    """What the rules of axe with these tags find in a frame, one line for each rule and place."""
    if not frame.evaluate("'axe' in window"):
        frame.evaluate(AXE_SCRIPT)
    wish = {**AXE, "runOnly": {"type": "tag", "values": tags}}
    found = frame.evaluate(f"axe.run(document, {json.dumps(wish)})")
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def is_wider_than_the_screen(page: Page) -> str:
    """What makes the page scroll sideways; empty when nothing does."""
    said: str = page.evaluate(
        """() => {
            const root = document.documentElement, width = root.clientWidth;
            if (root.scrollWidth <= width && document.body.scrollWidth <= width) return "";
            const wide = [...document.querySelectorAll("body *")]
                .filter(one => one.getBoundingClientRect().right > width + 1);
            return `${root.scrollWidth} > ${width}: ` + wide.slice(0, 4)
                .map(one => one.outerHTML.slice(0, 120)).join(" | ");
        }"""
    )
    return said
