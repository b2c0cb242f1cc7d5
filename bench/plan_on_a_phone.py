"""A plan of 2,000 stalls on a phone of 360 pixels, its processor slowed down four times.

Run with `python -m bench.plan_on_a_phone`; needs the browser of the tests.
"""

import tempfile
from datetime import date
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright
from sqlmodel import Session

from app.database import Database
from bench.markets import make_market, market_day
from bench.servers import free_port, service_settings, serving, verdict
from market.places.models import Site, Stall, StallOnPlan, Zone
from vendors.fields import identity

STALLS, A_ROW = 2000, 50
SLOWER = 4
LONGEST_UNTIL_SHOWN_MS, LONGEST_FRAME_MS, USUAL_FRAME_MS, MOST_NODES = 8000, 200, 50, 500
PLAN = "/lv/karte/plans?laukums=liels"
CHROMIUM = "/usr/bin/chromium"

FRAMES = """() => {
    window.frames_ms = []; let last = performance.now();
    const step = (now) => { frames_ms.push(now - last); last = now; requestAnimationFrame(step); };
    requestAnimationFrame(step);
}"""


def main() -> bool:
    """Print how long the plan takes; whether it stays within the bounds."""
    port = free_port()
    with tempfile.TemporaryDirectory() as name:
        address = make_market(Path(name), 100, market_day())
        database = Database(address)
        with database.writing() as session:
            make_stalls(session, STALLS, market_day())
            session.commit()
        database.engine.dispose()
        with serving(["-m", "flask", "serve"], port, **service_settings(address, Path(name), port)):
            shown, frames, nodes = measured(f"http://127.0.0.1:{port}{PLAN}")
    longest, usual = max(frames), median(frames)
    print(f"a plan of {STALLS:,} stalls, 360 px wide, processor {SLOWER} times slower")
    return all(
        [
            verdict("until shown, ms", round(shown), shown <= LONGEST_UNTIL_SHOWN_MS),
            verdict("longest frame while panning, ms", round(longest), longest <= LONGEST_FRAME_MS),
            verdict("usual frame while panning, ms", round(usual), usual <= USUAL_FRAME_MS),
            verdict("elements of the page", nodes, nodes <= MOST_NODES),
        ]
    )


def make_stalls(session: Session, number: int, today: date) -> None:
    """A large site of its own with so many stalls in rows of fifty; the caller commits."""
    site = Site(
        slug="liels", name={"lv": "Liels tirgus"}, lat=56.96, lon=23.15, width_m=160, height_m=260
    )
    session.add(site)
    session.flush()
    zone = Zone(code="L", name={"lv": "Lielā"}, site_id=identity(site))
    stalls = [Stall(number=f"{'XYZ'[step // 999]}{step % 999 + 1}") for step in range(number)]
    session.add(zone)
    session.add_all(stalls)
    session.flush()
    for step, stall in enumerate(stalls):
        row, place = divmod(step, A_ROW)
        session.add(
            StallOnPlan(
                stall_id=identity(stall),
                zone_id=identity(zone),
                row=str(row + 1),
                position=place + 1,
                x_m=6 + 3 * place,
                y_m=8 + 6 * row,
                width_m=2.5,
                depth_m=1.5,
                valid_from=today.replace(month=1, day=1),
            )
        )
    session.flush()


def measured(address: str) -> tuple[float, list[float], int]:
    """Milliseconds until the plan is shown and of the frames while panning; its elements."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        page = browser.new_page(viewport={"width": 360, "height": 640}, has_touch=True)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(address)
        page.wait_for_function(
            "() => { const one = document.querySelector('img.leaflet-image-layer');"
            " return one && one.complete && one.naturalWidth > 0; }"
        )
        shown = page.evaluate("() => new Promise(done => requestAnimationFrame(done))")
        for _ in range(3):
            page.locator(".leaflet-control-zoom-in").click()
            page.wait_for_timeout(700)
        frames = panned(page)
        nodes = int(page.evaluate("document.getElementsByTagName('*').length"))
        browser.close()
    return float(shown), frames, nodes


def panned(page: Page) -> list[float]:
    """The times between frames, in milliseconds, while the plan is dragged to and fro."""
    page.evaluate(FRAMES)
    for turn in range(4):
        page.mouse.move(180, 400)
        page.mouse.down()
        for step in range(20):
            page.mouse.move(180 + (-1) ** turn * 6 * step, 400 - (-1) ** turn * 8 * step)
            page.wait_for_timeout(16)
        page.mouse.up()
        page.wait_for_timeout(400)
    frames: list[float] = page.evaluate("frames_ms.slice(2)")
    return frames


if __name__ == "__main__":
    raise SystemExit(0 if main() else 1)
