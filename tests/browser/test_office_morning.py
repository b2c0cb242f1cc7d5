"""The morning of a helper on a phone of 360 pixels: the whole market, and a network that goes."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from sqlmodel import col, delete, select

from app import create_app
from app.accounts import cookie_name, digest_of, remember_phone
from app.clock import moment
from app.database import database
from app.demo import TEST_TODAY
from app.records import Change
from market.days.models import Incident, MarketSetting, Placement, Presence, Waiting, ZoneCount
from market.places.models import Stall
from tests.browser.served import Served, serving
from tests.browser.test_morning import Phone, spoil
from tests.browser.visiting import WCAG, WIDTHS, axe, is_wider_than_the_screen
from tests.conftest import Templates, _demonstration, close, settings_for
from vendors.fields import identity
from vendors.keys.models import KnownPhone, Person
from vendors.registry.models import Vendor

AT_SIX = "2026-11-24T06:02"
AFTER_THE_HOUR = datetime(2026, 11, 24, 8, 41)
UNTIL_THE_HOUR = "02:35:00"
PAGE = "/lv/parvalde/sodien"
KEPT = f"""async () => (await Promise.all((await caches.keys()).map(
    async name => (await caches.open(name)).match('{PAGE}')))).filter(Boolean).length"""
EVERYTHING_KEPT = """async () => (await Promise.all((await caches.keys()).map(async name =>
    (await (await caches.open(name)).keys()).map(one => new URL(one.url).pathname)))).flat()"""
FIRST, WAITS = "cekulgaili", "klegas"


@pytest.fixture
def own_market(templates: Templates, tmp_path: Path) -> Iterator[Served]:
    """A market of its own, at six in the morning; nobody has come, one vendor waits."""
    settings = settings_for(templates.copy("sqlite", "demo", _demonstration), tmp_path, AT_SIX)
    app = create_app(settings)
    with serving(app) as served:
        app.config["PUBLIC_URL"] = served.address
        with served.database.writing() as session:
            for table in (Presence, Waiting, Incident):
                session.exec(delete(table))
            guest = session.exec(select(Vendor).where(Vendor.slug == WAITS)).one()
            since = datetime.fromisoformat("2026-11-24T03:00:00+00:00")
            session.add(Waiting(vendor_id=identity(guest), day=TEST_TODAY, since=since))
            for name in ("helper", "organiser"):
                email = f"{name}@tirgus.example"
                session.add(Person(email=email, name=f"Ilze {name}", role=name, made_at=since))
            session.commit()
        yield served
    close(app)


class HelpersPhone(Phone):
    """A telephone of somebody of the office."""

    def come_in(self, role: str) -> "HelpersPhone":
        """Be known as a person with this role."""
        with self.market.app.app_context(), database().writing() as session:
            email = f"{role}@tirgus.example"
            person = session.exec(select(Person).where(Person.email == email)).one()
            token = remember_phone(
                session, way="code", device="test", at=moment(), person_id=person.id
            )
            mine = KnownPhone.token_digest == digest_of(token)
            session.exec(select(KnownPhone).where(mine)).one().confirmed_at = moment()
            session.commit()
            name = cookie_name()
        self.context.clear_cookies()
        self.context.add_cookies([{"name": name, "value": token, "url": self.market.address}])
        return self

    def open(self, wait_for_worker: bool = True) -> Page:
        """Open the page of the day, and wait until the telephone keeps it."""
        self.page.goto(PAGE)
        if wait_for_worker:
            self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
            self.page.wait_for_function(f"async () => (await ({KEPT})()) > 0")
        return self.page

    def arrives(self, row: int) -> None:
        """Tap that the vendor in this row has arrived."""
        self.taps += 1
        self.page.locator(".arrival").nth(row).locator("button[value=present]").click()

    def place(self, stall: str) -> None:
        """Tap a free place."""
        self.taps += 1
        self.page.locator(f"#give label:has(input[value='{stall}'])").click()


Phones = Callable[[], HelpersPhone]


@pytest.fixture
def phones(chromium: Browser, own_market: Served) -> Iterator[Phones]:
    """Telephones of the office; none of them met a fault of a script."""
    made: list[HelpersPhone] = []

    def make() -> HelpersPhone:
        made.append(HelpersPhone(chromium, own_market))
        return made[-1]

    yield make
    for phone in made:
        phone.context.close()
    assert [fault for phone in made for fault in phone.faults] == []


def states(market: Served) -> dict[str, tuple[str, bool]]:
    with market.database.reading() as session:
        rows = session.exec(
            select(Vendor.slug, Presence.state, Presence.no_show).join(
                Presence, col(Presence.vendor_id) == Vendor.id
            )
        )
        return {slug: (state, no_show) for slug, state, no_show in rows}


def holder(market: Served, number: str) -> str | None:
    with market.database.reading() as session:
        return session.exec(
            select(Vendor.slug)
            .join(Placement, col(Placement.vendor_id) == Vendor.id)
            .join(Stall, col(Stall.id) == Placement.stall_id)
            .where(Stall.number == number, Placement.day == TEST_TODAY)
        ).first()


def changes(market: Served) -> int:
    with market.database.reading() as session:
        return len(session.exec(select(Change)).all())


def waits_on_the_phone(page: Page, count: int) -> None:
    expect(page.locator("#queue")).to_contain_text(f"Gaida nosūtīšanu: {count}")


def the_whole_morning(phone: HelpersPhone, market: Served) -> None:
    """Ten arrivals, a no-show whose place goes to who waits, a guest, an incident: all offline."""
    page = phone.page
    page.clock.install()
    phone.open()
    phone.cut()
    for row in range(10):
        if row != 2:
            phone.arrives(row)
    phone.arrives(10)
    waits_on_the_phone(page, 10)
    expect(page.locator("#progress")).to_contain_text("Ieradušies 10 no 20")

    row = page.locator(f"#t-{FIRST}")
    expect(row.get_by_role("button", name="no plkst. 8.30")).to_be_disabled()
    page.clock.fast_forward(UNTIL_THE_HOUR)
    row.get_by_role("button", name="Atbrīvot vietu").click()
    phone.place("A5")
    page.locator("#askers button").first.click()
    waits_on_the_phone(page, 12)
    expect(page.locator("#placed")).to_contain_text("A5")

    phone.place("B7")
    page.locator("#guest summary").click()
    page.locator("#new_name").fill("Medus no Saldus")
    page.locator("#goods").fill("medus")
    page.locator("#place").fill("Saldus")
    page.get_by_role("button", name="Iedot vietu jaunajam viesim").click()
    waits_on_the_phone(page, 13)

    page.locator("#incident summary").click()
    page.locator("#note").fill("Pie A9 nav elektrības.")
    page.get_by_role("button", name="Pierakstīt", exact=True).click()
    waits_on_the_phone(page, 14)
    assert changes(market) == 0


def test_the_network_is_cut_in_the_middle_of_the_morning(
    phones: Phones, own_market: Served
) -> None:
    phone = phones().come_in("helper")
    page = phone.page
    the_whole_morning(phone, own_market)
    page.reload()
    expect(page.locator("#no-network")).to_contain_text("Nav interneta. Rādām to, kas bija plkst.")
    waits_on_the_phone(page, 14)
    expect(page.locator("#placed")).to_contain_text("Medus no Saldus")

    own_market.app.config["NOW"] = AFTER_THE_HOUR
    phone.cut(False)
    expect(page.locator("#queue")).to_contain_text("Viss ir nosūtīts.")
    assert phone.waiting() == 0
    found = states(own_market)
    assert sum(state == "present" for state, _no_show in found.values()) == 12
    assert found[FIRST] == ("absent", True)
    assert (holder(own_market, "A5"), holder(own_market, "B7")) == (WAITS, "medus-no-saldus")
    with own_market.database.reading() as session:
        assert len(session.exec(select(Incident)).all()) == 1
        assert session.exec(select(Waiting)).all() == []
        guests = session.exec(select(Vendor).where(Vendor.name == "Medus no Saldus")).all()
        assert len(guests) == 1
    before = changes(own_market)
    page.reload()
    expect(page.locator("#no-network")).to_be_hidden()
    expect(page.locator("#progress")).to_contain_text("Ieradušies 12 no 21")
    assert changes(own_market) == before


def incidents_after_a_lost_answer(phone: HelpersPhone, market: Served) -> int:
    """How many incidents there are when the answer to the first try was lost on its way."""
    page = phone.open()
    lost: list[bool] = []

    def handle(route: Route) -> None:
        if route.request.method != "POST" or lost:
            route.continue_()
            return
        lost.append(True)
        route.fetch()
        route.abort()

    phone.context.route("**/sodien/**", handle)
    page.locator("#incident summary").click()
    phone.context.route("**/notikumi", handle)
    page.locator("#note").fill("Strīds pie ieejas.")
    page.get_by_role("button", name="Pierakstīt", exact=True).click()
    waits_on_the_phone(page, 1)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#queue")).to_contain_text("Viss ir nosūtīts.")
    with market.database.reading() as session:
        return len(session.exec(select(Incident)).all())


def test_an_incident_whose_answer_was_lost_is_there_once(
    phones: Phones, own_market: Served
) -> None:
    assert incidents_after_a_lost_answer(phones().come_in("helper"), own_market) == 1


def test_with_a_fresh_key_for_each_try_it_would_be_there_twice(
    phones: Phones, own_market: Served
) -> None:
    """The twin."""
    phone = phones().come_in("helper")
    spoil(phone, "queue.js", "idempotency_key: entry.key", "idempotency_key: newKey()")
    assert incidents_after_a_lost_answer(phone, own_market) == 2


def gives_what_was_released_offline(phone: HelpersPhone, market: Served) -> str | None:
    """Who has the place when the release before it was taken back on the phone."""
    page = phone.page
    market.app.config["NOW"] = AFTER_THE_HOUR
    phone.open()
    phone.cut()
    page.locator(f"#t-{FIRST}").get_by_role("button", name="Atbrīvot vietu").click()
    phone.place("A5")
    page.locator("#askers button").first.click()
    waits_on_the_phone(page, 2)
    page.locator("#queue summary").click()
    page.locator("#queue").get_by_role("button", name="Nesūtīt").first.click()
    phone.cut(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_timeout(800)
    return holder(market, "A5")


def test_what_was_only_possible_by_a_tap_goes_with_it(phones: Phones, own_market: Served) -> None:
    phone = phones().come_in("helper")
    assert gives_what_was_released_offline(phone, own_market) == FIRST
    assert phone.waiting() == 0


def test_a_guest_is_placed_in_three_taps(phones: Phones, own_market: Served) -> None:
    with own_market.database.writing() as session:
        session.exec(delete(Waiting))
        session.commit()
    phone = phones().come_in("helper")
    page = phone.open()
    phone.place("B7")
    phone.taps += 1
    page.locator("#guest summary").click()
    phone.taps += 1
    page.locator("#guest button[name=vendor]").first.click()
    expect(page.locator(".said")).to_contain_text("B7")
    assert phone.taps == 3
    assert holder(own_market, "B7") is not None


def test_moving_is_two_taps(phones: Phones, own_market: Served) -> None:
    phone = phones().come_in("helper")
    page = phone.open()
    row = page.locator(f"#t-{FIRST}")
    row.get_by_role("link", name="Pārcelt").click()
    row.get_by_role("button", name="B3", exact=True).click()
    expect(page.locator(".said")).to_contain_text("B3")
    assert (holder(own_market, "A5"), holder(own_market, "B3")) == (None, FIRST)


def test_a_stall_taken_meanwhile_can_be_another_one(phones: Phones, own_market: Served) -> None:
    first, second = phones().come_in("helper"), phones().come_in("organiser")
    for phone in (first, second):
        phone.open()
    first.cut()
    first.place("B7")
    first.page.locator("#askers button").first.click()
    waits_on_the_phone(first.page, 1)
    second.place("B7")
    second.page.locator("#guest summary").click()
    second.page.locator("#guest button[name=vendor]").first.click()
    expect(second.page.locator(".said")).to_contain_text("B7")
    first.cut(False)
    box = first.page.locator("#queue")
    expect(box).to_contain_text("Tagad tur ir:")
    box.locator("select").select_option("B8")
    box.get_by_role("button", name="Ņemt šo").click()
    expect(first.page.locator(".said")).to_contain_text("B8")
    assert holder(own_market, "B8") == WAITS
    assert first.waiting() == 0


def test_taps_of_counting_are_sent_together(phones: Phones, own_market: Served) -> None:
    with own_market.database.writing() as session:
        session.merge(MarketSetting(name="counts_visitors", value="yes"))
        session.commit()
    phone = phones().come_in("helper")
    page = phone.open()
    form = page.locator("form[data-tap=count]").first
    for _tap in range(7):
        form.get_by_role("button", name="+1", exact=False).first.click()
    expect(form.locator("output")).to_have_text("7")
    expect(page.locator(".said")).to_contain_text("7.")
    with own_market.database.reading() as session:
        assert [row.people for row in session.exec(select(ZoneCount)).all()] == [7]
    assert changes(own_market) == 1


def test_nothing_but_the_page_of_the_day_is_kept_and_not_for_who_has_gone(
    phones: Phones, own_market: Served
) -> None:
    phone = phones().come_in("organiser")
    page = phone.open()
    page.goto("/lv/parvalde/tirgotaji")
    page.goto("/lv/parvalde/")
    kept = page.evaluate(EVERYTHING_KEPT)
    assert [one for one in kept if not one.startswith("/static/")] == [PAGE]
    page.get_by_role("button", name="Iziet").last.click()
    expect(page).to_have_url(re.compile("/lv/ieiet"))
    page.wait_for_timeout(500)
    assert page.evaluate(KEPT) == 0


def test_another_page_without_a_network_leads_to_today(phones: Phones, own_market: Served) -> None:
    phone = phones().come_in("organiser")
    page = phone.open()
    phone.cut()
    page.goto("/lv/parvalde/tirgotaji")
    expect(page).to_have_url(f"{own_market.address}{PAGE}")
    expect(page.locator("#no-network")).to_be_visible()


def test_it_all_works_without_javascript(chromium: Browser, own_market: Served) -> None:
    own_market.app.config["NOW"] = AFTER_THE_HOUR
    phone = HelpersPhone(chromium, own_market, java_script_enabled=False).come_in("helper")
    page = phone.open(wait_for_worker=False)
    phone.arrives(0)
    expect(page.locator(".said")).to_contain_text("Saglabāts:")
    page.locator(f"#t-{FIRST}").get_by_role("button", name="Atbrīvot vietu").click()
    expect(page.locator(".said")).to_contain_text("Vieta ir brīva")
    phone.place("A5")
    page.locator("#askers button").first.click()
    expect(page.locator(".said")).to_contain_text("A5")
    assert holder(own_market, "A5") == WAITS
    phone.context.close()


def test_what_waits_and_what_is_chosen_is_for_everybody(phones: Phones, own_market: Served) -> None:
    phone = phones().come_in("helper")
    page = phone.open()
    phone.cut()
    for row in range(3):
        phone.arrives(row)
    waits_on_the_phone(page, 3)
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert axe(page.main_frame, [*WCAG, "best-practice"]) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        assert is_wider_than_the_screen(page) == ""
