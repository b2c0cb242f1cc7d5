"""A story told on a telephone: by short questions, and in the vendor's own voice."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import select

from app import create_app
from app.accounts import cookie_name, remember_phone
from app.clock import moment
from app.database import database
from tests.browser.finding import find, flags
from tests.browser.served import Served, serving
from tests.conftest import Templates, _demonstration, close, settings_for
from vendors.registry.models import Vendor
from vendors.stories.models import Recording

SLUG = "siltrasas"
SPEAKING = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@pytest.fixture
def own_market(templates: Templates, tmp_path: Path) -> Iterator[Served]:
    """A demonstration market of its own, served here."""
    app = create_app(settings_for(templates.copy("sqlite", "demo", _demonstration), tmp_path))
    with serving(app) as served:
        app.config["PUBLIC_URL"] = served.address
        yield served
    close(app)


@pytest.fixture
def page(chromium: Browser, own_market: Served) -> Iterator[Page]:
    """The page of a known telephone whose microphone plays a tone, 360 pixels wide."""
    with own_market.app.app_context(), database().writing() as session:
        vendor = session.exec(select(Vendor).where(Vendor.slug == SLUG)).one()
        token = remember_phone(session, way="code", device="test", at=moment(), vendor_id=vendor.id)
        session.commit()
        name = cookie_name()
    kind = chromium.browser_type
    browser = kind.launch(executable_path=find(kind.executable_path), args=[*flags(), *SPEAKING])
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.add_cookies([{"name": name, "value": token, "url": own_market.address}])
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    yield opened
    browser.close()


def test_a_story_is_spoken_kept_and_heard(page: Page, own_market: Served) -> None:
    problems: list[str] = []
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    page.goto(f"{own_market.address}/lv/mans/balss")
    page.get_by_role("button", name="Runāt").click()
    expect(page.get_by_text("Tagad runājiet")).to_be_visible()
    page.wait_for_timeout(3_000)
    page.get_by_role("button", name="Beigt").click()
    expect(page.get_by_text("Noklausieties. Ja patīk")).to_be_visible()
    page.get_by_role("button", name="Saglabāt ierakstu").click()
    expect(page.get_by_text("Ieraksts ir saglabāts.")).to_be_visible()
    page.get_by_label("Teiktais rakstiski").fill("Labdien! Mani sauc Maruta.")
    page.get_by_role("button", name="Publicēt ierakstu").click()
    expect(page.get_by_text("Tagad to var dzirdēt visi.")).to_be_visible()

    page.goto(f"{own_market.address}/lv/tirgotaji/{SLUG}")
    player = page.locator("audio")
    player.evaluate("one => one.play()")
    for _ in range(40):
        if player.evaluate("one => one.currentTime") > 0.3:
            break
        page.wait_for_timeout(250)
    assert player.evaluate("one => one.currentTime") > 0.3
    assert 1.5 < player.evaluate("one => one.duration") < 8
    assert problems == []
    with own_market.database.reading() as session:
        assert session.exec(select(Recording)).one().published


def test_a_microphone_that_is_refused_is_explained(page: Page, own_market: Served) -> None:
    page.add_init_script(
        "navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('refused'))"
    )
    page.goto(f"{own_market.address}/lv/mans/balss")
    page.get_by_role("button", name="Runāt").click()
    expect(page.get_by_text("Mikrofonu nevar izmantot.")).to_be_visible()


def test_a_story_is_told_by_short_answers(page: Page, own_market: Served) -> None:
    page.goto(f"{own_market.address}/lv/mans/stasts")
    page.get_by_role("link", name="Atbildēt uz īsiem jautājumiem").first.click()
    page.get_by_label("Kas Jūs esat?").fill("Mēs esam Maruta un Ģirts")
    page.get_by_label("Kopš kura laika").fill("1989")
    page.get_by_role("button", name="Salikt stāstu no atbildēm").click()
    page.get_by_role("button", name="Saglabāt un apskatīt").click()
    expect(page.get_by_role("heading", name="Tā redzēs visi")).to_be_visible()
    page.get_by_role("button", name="Publicēt jauno stāstu").click()
    page.goto(f"{own_market.address}/lv/tirgotaji/{SLUG}")
    expect(page.locator(".lead")).to_contain_text("Mēs esam Maruta un Ģirts.")
    expect(page.locator("#stasts")).to_contain_text("Mēs strādājam kopš 1989. gada.")
