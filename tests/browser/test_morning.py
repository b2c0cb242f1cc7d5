"""The morning of one vendor on a phone of 360 pixels: few taps, and a network that goes away."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from sqlmodel import col, delete, select

from app import create_app
from app.accounts import cookie_name, remember_phone
from app.clock import moment
from app.database import database
from app.demo import TEST_TODAY
from app.records import Change
from market.days.models import Presence
from tests.browser.conftest import LONGEST_WAIT_MS
from tests.browser.served import Served, serving
from tests.browser.visiting import SCHEMES, WCAG, WIDTHS, axe, is_wider_than_the_screen
from tests.careful_client import CarefulClient
from tests.conftest import Templates, _demonstration, close, settings_for
from vendors.listings.models import Good
from vendors.registry.models import Vendor

SLUG, OTHER = "siltrasas", "rasas-stunda"
AT_SIX = "2026-11-24T06:12"
PHONE = {"width": 360, "height": 740}
ACCOUNT_KEPT = "entry => entry.account === account"


@pytest.fixture
def own_market(templates: Templates, tmp_path: Path) -> Iterator[Served]:
    """A market of its own, at six in the morning; nobody has said anything of the day yet."""
    settings = settings_for(templates.copy("sqlite", "demo", _demonstration), tmp_path, AT_SIX)
    app = create_app(settings)
    with serving(app) as served:
        app.config["PUBLIC_URL"] = served.address
        with served.database.writing() as session:
            session.exec(delete(Presence))
            session.commit()
        yield served
    close(app)


class Phone:
    """A vendor's telephone: it counts taps, and its network can be cut."""

    def __init__(self, browser: Browser, market: Served, **wishes: Any) -> None:
        self.market = market
        self.context: BrowserContext = browser.new_context(
            base_url=market.address, viewport=PHONE, locale="lv-LV", has_touch=True, **wishes
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(LONGEST_WAIT_MS)
        self.taps = 0
        self.sent: list[str] = []
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.context.on("request", self._note)

    def come_in(self, slug: str) -> "Phone":
        """Be known as this vendor's, with the cookie that coming in would have left."""
        with self.market.app.app_context(), database().writing() as session:
            vendor = session.exec(select(Vendor).where(Vendor.slug == slug)).one()
            token = remember_phone(
                session, way="code", device="test", at=moment(), vendor_id=vendor.id
            )
            session.commit()
            name = cookie_name()
        self.context.clear_cookies()
        self.context.add_cookies([{"name": name, "value": token, "url": self.market.address}])
        return self

    def open(self, wait_for_worker: bool = True) -> Page:
        """Open the own page, and wait until the telephone keeps it."""
        self.page.goto("/lv/mans/")
        if wait_for_worker:
            self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
            self.page.wait_for_function(
                """async () => (await Promise.all((await caches.keys()).map(
                    async name => (await caches.open(name)).match('/lv/mans/')))).some(Boolean)"""
            )
        return self.page

    def tap(self, words: str) -> None:
        """Tap what has exactly these words on it."""
        self.taps += 1
        self.page.get_by_role("button", name=words, exact=True).first.click()

    def open_price(self, good: Good) -> None:
        """Tap a price."""
        self.taps += 1
        self.page.locator(f"#cost-{good.id} summary").click()

    def tap_in(self, good: Good, words: str) -> None:
        """Tap a button of one good."""
        self.taps += 1
        self.page.locator(f"#p{good.id}").get_by_role("button", name=words).click()

    def cut(self, is_cut: bool = True) -> None:
        """Cut the network, or let it come back."""
        self.context.set_offline(is_cut)

    def waiting(self) -> int:
        """How many taps this telephone keeps, of whatever account."""
        found: int = self.page.evaluate(
            "Object.keys(localStorage).filter(one => one.startsWith('tirgus-tap:')).length"
        )
        return found

    def _note(self, request: object) -> None:
        if getattr(request, "method", "") == "POST":
            self.sent.append(str(getattr(request, "post_data", "")))


Phones = Callable[[], Phone]


@pytest.fixture
def phones(chromium: Browser, own_market: Served) -> Iterator[Phones]:
    """Telephones of the market; none of them met a fault of a script."""
    made: list[Phone] = []

    def make() -> Phone:
        made.append(Phone(chromium, own_market))
        return made[-1]

    yield make
    for phone in made:
        phone.context.close()
    assert [fault for phone in made for fault in phone.faults] == []


def goods(market: Served, slug: str = SLUG) -> list[Good]:
    """The goods of a vendor that are in season, in their order."""
    with market.database.reading() as session:
        found = (
            select(Good)
            .join(Vendor, col(Vendor.id) == Good.vendor_id)
            .where(Vendor.slug == slug, col(Good.months).op("&")(1 << 10) != 0)
        )
        return list(session.exec(found.order_by(col(Good.position))).all())


def said_today(market: Served) -> list[str]:
    with market.database.reading() as session:
        return list(session.exec(select(Presence.state).where(Presence.day == TEST_TODAY)).all())


def changes(market: Served) -> int:
    with market.database.reading() as session:
        return len(session.exec(select(Change)).all())


def told(words: str) -> re.Pattern[str]:
    return re.compile(re.escape(words).replace("\\ ", r"\s"))


def test_three_taps_at_six_in_the_morning(phones: Phones, own_market: Served) -> None:
    phone = phones().come_in(SLUG)
    page = phone.open()
    good, second = goods(own_market)[:2]
    visitor = CarefulClient(own_market.app)

    phone.tap("Esmu klāt")
    expect(page.locator(".said")).to_contain_text("Saglabāts: Esmu klāt.")
    assert (phone.taps, said_today(own_market)) == (1, ["present"])

    phone.tap_in(second, "izpārdots")
    expect(page.locator(".said")).to_contain_text("izpārdots.")
    assert phone.taps == 2
    assert "izpārdots" in visitor.get(f"/lv/tirgotaji/{SLUG}").text

    phone.open_price(good)
    phone.tap_in(good, "Palielināt cenu")
    phone.tap_in(good, "Saglabāt cenu")
    expect(page.locator(".said")).to_contain_text(told(f"{good.name['lv']} – 2,40 €."))
    assert phone.taps == 5
    assert goods(own_market)[0].price_cents == 240
    assert told("2,40 €").search(visitor.get(f"/lv/tirgotaji/{SLUG}").text)

    page.locator(".said").get_by_role("button", name="Atcelt").click()
    expect(page.locator(".said")).to_contain_text("Atcelts.")
    assert goods(own_market)[0].price_cents == good.price_cents
    assert phone.waiting() == 0


def test_the_network_is_cut_in_the_middle_of_the_morning(
    phones: Phones, own_market: Served
) -> None:
    phone = phones().come_in(SLUG)
    page = phone.open()
    good, second = goods(own_market)[:2]

    phone.tap("Esmu klāt")
    expect(page.locator(".said")).to_contain_text("Saglabāts: Esmu klāt.")
    phone.cut()
    phone.tap_in(second, "izpārdots")
    expect(page.locator("#queue")).to_contain_text("Gaida nosūtīšanu: 1")
    phone.open_price(good)
    phone.tap_in(good, "Palielināt cenu")
    phone.tap_in(good, "Saglabāt cenu")
    expect(page.locator("#queue")).to_contain_text("Gaida nosūtīšanu: 2")
    expect(page.locator(f"#p{good.id} .waiting")).to_contain_text("Gaida nosūtīšanu")
    assert changes(own_market) == 1

    page.reload()
    expect(page.locator("#no-network")).to_contain_text("Nav interneta. Rādām to, kas bija plkst.")
    expect(page.locator("#queue")).to_contain_text("Gaida nosūtīšanu: 2")
    pressed = page.locator(f"#p{second.id} [aria-pressed=true]")
    expect(pressed).to_contain_text("izpārdots")
    page.goto("/lv/mans/izmainas")
    expect(page).to_have_url(f"{own_market.address}/lv/mans/")

    phone.cut(False)
    expect(page.locator("#queue")).to_contain_text("Viss ir nosūtīts.")
    assert (phone.waiting(), changes(own_market)) == (0, 3)
    visitor = CarefulClient(own_market.app)
    text = visitor.get(f"/lv/tirgotaji/{SLUG}").text
    assert "izpārdots" in text
    assert told("2,40 €").search(text)
    page.reload()
    expect(page.locator("#no-network")).to_be_hidden()
    assert changes(own_market) == 3


def lose_the_answer(phone: Phone) -> None:
    """Let the first tap reach the server, and its answer get lost on the way back."""
    lost: list[bool] = []

    def handle(route: Route) -> None:
        if route.request.method != "POST" or lost:
            route.continue_()
            return
        lost.append(True)
        route.fetch()
        route.abort()

    phone.context.route("**/sodien/**", handle)


def sends_once(phone: Phone, market: Served) -> bool:
    page = phone.open()
    lose_the_answer(phone)
    phone.tap("Kavējos")
    expect(page.locator("#queue")).to_contain_text("Gaida nosūtīšanu: 1")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".waiting")).to_have_count(0)
    with market.database.reading() as session:
        keys = re.findall(r"idempotency_key=(\w+)", " ".join(phone.sent))
        assert len(keys) == 2
        return len(set(keys)) == 1 and len(session.exec(select(Change)).all()) == 1


def test_a_tap_whose_answer_was_lost_is_sent_again_under_its_key(
    phones: Phones, own_market: Served
) -> None:
    assert sends_once(phones().come_in(SLUG), own_market)


def spoil(phone: Phone, name: str, words: str, instead: str) -> None:
    """Break a script of ours on its way to the browser."""
    source = (Path(__file__).parents[2] / "static" / "own" / name).read_text()
    assert words in source

    def handle(route: Route) -> None:
        text = source.replace(words, instead)
        route.fulfill(body=text, content_type="text/javascript; charset=utf-8")

    phone.context.route(f"**/static/own/{name}*", handle)


def test_with_a_fresh_key_for_each_try_that_would_be_noticed(
    phones: Phones, own_market: Served
) -> None:
    """The twin."""
    phone = phones().come_in(SLUG)
    spoil(phone, "queue.js", "idempotency_key: entry.key", "idempotency_key: newKey()")
    assert not sends_once(phone, own_market)


def test_two_phones_with_another_price_end_with_both_shown(
    phones: Phones, own_market: Served
) -> None:
    first, second = phones().come_in(SLUG), phones().come_in(SLUG)
    good = goods(own_market)[0]
    for phone in (first, second):
        phone.open()
    first.cut()
    first.open_price(good)
    first.tap_in(good, "Palielināt cenu")
    first.tap_in(good, "Saglabāt cenu")
    expect(first.page.locator("#queue")).to_contain_text("Gaida nosūtīšanu: 1")
    second.open_price(good)
    second.tap_in(good, "Samazināt cenu")
    second.tap_in(good, "Saglabāt cenu")
    expect(second.page.locator(".said")).to_contain_text(told("2,20 €."))
    first.cut(False)
    box = first.page.locator("#queue")
    expect(box).to_contain_text(told("Tagad tur ir: 2,20 €"))
    expect(box).to_contain_text(told("Jūs nospiedāt: 2,40 €"))
    assert goods(own_market)[0].price_cents == 220
    first.page.reload()
    expect(box).to_contain_text(told("Jūs nospiedāt: 2,40 €"))
    box.get_by_role("button", name="Saglabāt manu").click()
    expect(first.page.locator(".said")).to_contain_text(told("2,40 €."))
    assert goods(own_market)[0].price_cents == 240
    assert first.waiting() == 0


def test_who_leaves_the_other_price_sees_it(phones: Phones, own_market: Served) -> None:
    phone = phones().come_in(SLUG)
    good = goods(own_market)[0]
    page = phone.open()
    with own_market.database.writing() as session:
        row = session.get_one(Good, good.id)
        row.price_cents = 999
        session.add(row)
        session.commit()
    phone.open_price(good)
    phone.tap_in(good, "Palielināt cenu")
    phone.tap_in(good, "Saglabāt cenu")
    page.locator("#queue").get_by_role("button", name="Lai paliek").click()
    expect(page.locator(f"#cost-{good.id} summary")).to_contain_text(told("9,99 €"))
    assert (phone.waiting(), goods(own_market)[0].price_cents) == (0, 999)


def another_account_sends_it(phone: Phone, market: Served) -> bool:
    """Whether what one vendor tapped without a network is sent when another has come in."""
    page = phone.come_in(SLUG).open()
    phone.cut()
    phone.tap("Kavējos")
    expect(page.locator("#queue")).to_contain_text("Gaida nosūtīšanu: 1")
    phone.cut(False)
    phone.page.goto("about:blank")
    with market.database.writing() as session:
        session.exec(delete(Presence))
        session.commit()
    before = len(phone.sent)
    phone.come_in(OTHER).open()
    phone.page.wait_for_load_state("networkidle")
    phone.page.wait_for_timeout(500)
    return len(phone.sent) > before


def test_another_account_on_the_same_phone_never_sends_it(
    phones: Phones, own_market: Served
) -> None:
    phone = phones()
    # The page must not send in the moment between the network and the other account.
    phone.context.route("**/sodien/**", lambda route: route.abort())
    assert not another_account_sends_it(phone, own_market)
    expect(phone.page.locator("#queue")).to_be_hidden()
    assert (phone.waiting(), said_today(own_market)) == (1, [])
    phone.context.unroute("**/sodien/**")
    phone.come_in(SLUG).open(wait_for_worker=False)
    expect(phone.page.locator("#queue")).to_contain_text("Viss ir nosūtīts.")
    assert (phone.waiting(), said_today(own_market)) == (0, ["late"])


def test_without_the_account_check_it_would_be_sent(phones: Phones, own_market: Served) -> None:
    """The twin: the telephone tries; the server's own check still refuses it."""
    phone = phones()
    phone.context.route("**/sodien/**", lambda route: route.abort())
    spoil(phone, "queue.js", ACCOUNT_KEPT, "() => true")
    assert another_account_sends_it(phone, own_market)


def test_a_phone_that_is_no_longer_known_keeps_its_taps(phones: Phones, own_market: Served) -> None:
    phone = phones().come_in(SLUG)
    page = phone.open()
    phone.context.clear_cookies()
    phone.tap("Kavējos")
    expect(page.locator("#queue")).to_contain_text("Lūdzu, ienāciet no jauna.")
    expect(page.locator("#queue").get_by_role("link")).to_have_attribute(
        "href", "/lv/ieiet?uz=/lv/mans/"
    )
    assert phone.waiting() == 1
    phone.come_in(SLUG).open(wait_for_worker=False)
    expect(page.locator("#queue")).to_contain_text("Viss ir nosūtīts.")
    assert said_today(own_market) == ["late"]


def kept_pages(page: Page) -> int:
    found: int = page.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(
            async name => (await caches.open(name)).match('/lv/mans/')))).filter(Boolean).length"""
    )
    return found


def test_the_page_is_not_kept_for_who_has_gone(phones: Phones, own_market: Served) -> None:
    phone = phones().come_in(SLUG)
    page = phone.open()
    assert kept_pages(page) == 1
    phone.context.clear_cookies()
    page.reload()
    expect(page).to_have_url(re.compile("/lv/ieiet"))
    page.wait_for_timeout(300)
    assert kept_pages(page) == 0


def test_at_the_door_no_page_is_kept(phones: Phones) -> None:
    """Also on a phone whose program had no part in going out."""
    phone = phones().come_in(SLUG)
    page = phone.open()
    phone.context.clear_cookies()
    page.goto("/lv/ieiet")
    page.wait_for_timeout(300)
    assert kept_pages(page) == 0


def test_it_all_works_without_javascript(chromium: Browser, own_market: Served) -> None:
    phone = Phone(chromium, own_market, java_script_enabled=False).come_in(SLUG)
    page = phone.open(wait_for_worker=False)
    good = goods(own_market)[0]
    phone.tap("Kavējos")
    expect(page.locator(".said")).to_contain_text("Saglabāts: Kavējos.")
    phone.open_price(good)
    phone.tap_in(good, "Palielināt cenu")
    expect(page.locator(".said")).to_contain_text(told("2,40 €."))
    phone.open_price(good)
    page.locator(f"#price-{good.id}").fill("3,15")
    page.locator(f"#price-{good.id}").press("Enter")
    expect(page.locator(".said")).to_contain_text(told("3,15 €."))
    assert (said_today(own_market), changes(own_market)) == (["late"], 3)
    phone.tap("Viss kā vakar")
    expect(page.locator(".said")).to_contain_text("Saglabāts: viss")
    assert said_today(own_market) == ["present"]
    phone.context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_waiting_taps_and_choices_are_for_everybody(
    scheme: str, phones: Phones, own_market: Served
) -> None:
    phone = phones().come_in(SLUG)
    page = phone.open()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    good = goods(own_market)[0]
    page.locator(f"#cost-{good.id} summary").click()
    assert axe(page.main_frame, [*WCAG, "best-practice"]) == []
    phone.cut()
    phone.tap("Kavējos")
    expect(page.locator("#queue")).to_contain_text("Gaida nosūtīšanu: 1")
    assert axe(page.main_frame, [*WCAG, "best-practice"]) == []
    with own_market.database.writing() as session:
        vendor = session.exec(select(Vendor.id).where(Vendor.slug == SLUG)).one()
        session.add(Presence(vendor_id=vendor, day=TEST_TODAY, state="absent"))
        session.commit()
    phone.cut(False)
    expect(page.locator("#queue")).to_contain_text("Tagad tur ir: Šodien nebūšu")
    expect(page.locator(".presence [aria-pressed=true]")).to_contain_text("Šodien nebūšu")
    assert axe(page.main_frame, [*WCAG, "best-practice"]) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        assert is_wider_than_the_screen(page) == ""


def test_on_the_next_morning_without_a_network_taps_count_for_that_day(
    phones: Phones, own_market: Served
) -> None:
    phone = phones().come_in(SLUG)
    page = phone.open()
    page.evaluate(
        """async () => {
            for (const name of await caches.keys()) {
                const store = await caches.open(name), kept = await store.match('/lv/mans/');
                if (!kept) continue;
                const headers = new Headers(kept.headers);
                headers.set('Kept-At', String(Date.now() - 86400000));
                await store.put('/lv/mans/', new Response(await kept.text(), { headers }));
            }
        }"""
    )
    phone.cut()
    page.reload()
    expect(page.locator("#no-network")).to_contain_text("Lapa ir no citas dienas.")
    phone.tap_in(goods(own_market)[0], "izpārdots")
    expect(page.locator("#queue")).to_contain_text("Gaida nosūtīšanu: 1")
    own_market.at("2026-11-25T06:12")
    phone.cut(False)
    expect(page.locator("#queue")).to_contain_text("Viss ir nosūtīts.")
    assert goods(own_market)[0].state_on == date(2026, 11, 25)
