"""Every page of people who have come in, on phones and on a desk: nothing to complain about."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlmodel import select

from app import create_app
from app.accounts import cookie_name, digest_of, remember_phone
from app.clock import moment
from app.database import database
from app.demo import TEST_TODAY
from market.days.models import Absence, Festival, Notice, SpecialDay, StallHolding, WeeklyHours
from market.fees.models import Price
from market.festivals.models import Application, Call, CallPrice
from market.places.models import Amenity, Site, Stall, Zone
from market.planning.models import PlanVersion
from market.programme.models import Event, StreetClosure, Venue
from market.signs.models import Patrol, Sign
from market.signs.queries import issue_spares
from tests.browser.conftest import LONGEST_WAIT_MS
from tests.browser.served import MORNING, Served, serving
from tests.browser.test_every_page import PRESSED, TOO_SMALL
from tests.browser.visiting import HEIGHTS, WCAG, axe, is_wider_than_the_screen
from tests.careful_client import CarefulClient
from tests.conftest import Templates, _demonstration, close, settings_for
from vendors.fields import identity
from vendors.keys.models import KnownPhone, Person
from vendors.listings.models import Good
from vendors.registry.models import Vendor
from vendors.stories.models import StoryDraft, StoryVersion

SLUG, EMAIL = "siltrasas", "iveta@tirgus.example"
FAIR = "ziemassvetku-tirdzins-2026"
NUMBERS = {
    "application_number": Application.id,
    "site_number": Site.id,
    "zone_number": Zone.id,
    "stall_number": Stall.id,
    "amenity_number": Amenity.id,
    "holding_number": StallHolding.id,
    "event_number": Event.id,
    "closure_number": StreetClosure.id,
    "venue_number": Venue.id,
    "hours_number": WeeklyHours.id,
    "notice_number": Notice.id,
    "person_number": Person.id,
    "plan_number": PlanVersion.id,
    "price_number": Price.id,
    "round_number": Patrol.id,
    "sign_number": Sign.id,
    "special_number": SpecialDay.id,
}
"""Whose first row stands for a number in an address of the office."""
LOOKS = [("lv", 320, "dark"), ("en", 360, "light"), ("lv", 1280, "light")]
OFFICE_LOOKS = [("lv", 320, "dark"), ("en", 1280, "light")]
"""The office has more pages than all others together, so each is seen in two looks."""


@pytest.fixture(scope="module")
def own_market(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A market where somebody of the office works, and a vendor has begun to write."""
    folder = tmp_path_factory.mktemp("own-pages")
    address = templates.copy("sqlite", "demo", _demonstration)
    app = create_app(settings_for(address, folder, MORNING))
    with serving(app) as served:
        app.config["PUBLIC_URL"] = served.address
        _fill(app)
        yield served
    close(app)


def _fill(app: Flask) -> None:
    with app.app_context(), database().writing() as session:
        vendor = session.exec(select(Vendor).where(Vendor.slug == SLUG)).one()
        mine: dict[str, Any] = {"vendor_id": identity(vendor), "language": "lv"}
        told = {"short": "Šeit sākās viss.", "question": "Kāpēc tieši šeit?"}
        session.add(StoryDraft(**mine, **told, changed_at=moment()))
        session.add(StoryVersion(**mine, **told, replaced_at=moment()))
        session.add(
            Absence(
                vendor_id=identity(vendor),
                first_day=TEST_TODAY + timedelta(days=20),
                last_day=TEST_TODAY + timedelta(days=30),
            )
        )
        fair = session.exec(select(Call).join(Festival).where(Festival.slug == FAIR)).one()
        session.add(
            Application(
                call_id=identity(fair),
                number="ZT26-900",
                vendor_id=identity(vendor),
                name=vendor.name,
                started_at=moment(),
            )
        )
        session.add_all(issue_spares(session, 2, TEST_TODAY))
        session.add(Person(email=EMAIL, name="Iveta Izdomātā", role="head", made_at=moment()))
        good = session.exec(select(Good).where(Good.vendor_id == identity(vendor))).first()
        number = identity(good) if good else 0
        session.commit()
    phone = CarefulClient(app).come_in(SLUG)
    phone.send(f"/lv/mans/sodien/prece/{number}/ir", {"state": "last", "was": "available"})


def examples(market: Served) -> dict[str, Any]:
    """What stands for the open parts of an address."""
    with market.database.reading() as session:
        vendor = session.exec(select(Vendor).where(Vendor.slug == SLUG)).one()
        good = session.exec(select(Good).where(Good.vendor_id == identity(vendor))).first()
        return {
            "good_id": identity(good) if good else 0,
            "slug": SLUG,
            "day": TEST_TODAY,
            "spoken": "en",
            "telling": "lv",
            "sheet": "pa-rindam",
            "part": "cenas",
            "step": "kas",
            "festival_slug": FAIR,
            "row_number": session.exec(
                select(CallPrice.id).join(Call).join(Festival).where(Festival.slug == FAIR)
            ).first(),
            **{name: session.exec(select(number)).first() for name, number in NUMBERS.items()},
        }


def addresses(market: Served, blueprint: str, language: str) -> list[str]:
    """The pages of a blueprint that are read with GET."""
    known = {**examples(market), "language": language}
    routes = market.app.url_map.bind("127.0.0.1")
    found = []
    for rule in market.app.url_map.iter_rules():
        if not rule.endpoint.startswith(f"{blueprint}.") or "GET" not in (rule.methods or ()):
            continue
        if rule.arguments & {"suffix", "language_told"} or rule.rule.endswith(".webp"):
            continue  # a picture or a voice
        missing = rule.arguments - known.keys()
        assert not missing, f"{rule.rule}: nothing stands for {missing}"
        values = {name: known[name] for name in rule.arguments}
        found.append(routes.build(rule.endpoint, values))
    return sorted(set(found))


def known_page(browser: Browser, market: Served, person: str, looks: dict[str, Any]) -> Page:
    """A browser in which a vendor, or somebody of the office, has come in."""
    context = browser.new_context(base_url=market.address, **looks)
    with market.app.app_context(), database().writing() as session:
        vendor = session.exec(select(Vendor).where(Vendor.slug == SLUG)).one()
        someone = session.exec(select(Person).where(Person.email == person)).first()
        token = remember_phone(
            session,
            way="code",
            device="Android",
            at=moment(),
            vendor_id=None if someone else identity(vendor),
            person_id=identity(someone) if someone else None,
        )
        mine = KnownPhone.token_digest == digest_of(token)
        session.exec(select(KnownPhone).where(mine)).one().confirmed_at = moment()
        session.commit()
        name = cookie_name()
    context.add_cookies([{"name": name, "value": token, "url": market.address}])
    page = context.new_page()
    page.set_default_timeout(LONGEST_WAIT_MS)
    return page


def faults_of(page: Page, address: str) -> list[str]:
    """What is wrong with one page as it looks here."""
    answer = page.request.get(address)
    if not answer.headers.get("content-type", "").startswith("text/html"):
        return []
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on(
        "console",
        lambda said: complaints.append(f"console: {said.text}") if said.type == "error" else None,
    )
    page.goto(address, wait_until="load")
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    complaints += axe(page.main_frame, [*WCAG, "best-practice"])
    wide = is_wider_than_the_screen(page)
    complaints += [f"wide: {wide}"] if wide else []
    complaints += [f"small: {one}" for one in page.evaluate(TOO_SMALL, PRESSED)]
    return [f"{address}: {one}" for one in complaints]


@pytest.mark.parametrize(
    ("blueprint", "person", "language", "width", "scheme"),
    [
        *(("own", "", *look) for look in LOOKS),
        *(("coming_in", "nobody", *look) for look in LOOKS),
        *(("office", EMAIL, *look) for look in OFFICE_LOOKS),
    ],
)
def test_a_page_behind_the_door_is_for_everybody(
    blueprint: str,
    person: str,
    language: str,
    width: int,
    scheme: str,
    chromium: Browser,
    own_market: Served,
) -> None:
    looks = {
        "viewport": {"width": width, "height": HEIGHTS[width]},
        "color_scheme": scheme,
        "service_workers": "block",
    }
    page = known_page(chromium, own_market, person, looks)
    if blueprint == "coming_in":
        page.context.clear_cookies()
    found = addresses(own_market, blueprint, language)
    assert len(found) > 2
    faults = [fault for address in found for fault in faults_of(page, address)]
    page.context.close()
    assert faults == []


def test_a_page_that_is_too_wide_is_noticed(
    chromium: Browser, own_market: Served, tmp_path: Path
) -> None:
    """The twin."""
    looks = {"viewport": {"width": 360, "height": 740}, "service_workers": "block"}
    page = known_page(chromium, own_market, "", looks)
    page.route(
        "**/lv/mans/preces",
        lambda route: route.fulfill(
            body="<!doctype html><html lang=lv><title>x</title><h1>x</h1><button>a</button>"
            + "<p>" + "x" * 900,
            content_type="text/html",
        ),
    )  # fmt: skip
    found = faults_of(page, "/lv/mans/preces")
    page.context.close()
    assert any("wide" in one for one in found) and any("axe" not in one for one in found)
