"""The demonstration market: invented, believable, complete, and good for any day."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from app.database import Database
from app.demo import TEST_TODAY, write_demonstration
from market.days.models import Festival, MarketDay, Notice, Placement
from market.festivals.models import Application, Call, CallZone
from market.places.models import Amenity, Site, Stall, StallOnPlan, Zone
from market.programme.models import Event, Venue
from market.reviewing.queries import histories
from market.signs.models import Sign
from tests.asking import database_of, holders_on, stalls_by_circumstance, vendors_of
from tests.careful_client import CarefulClient
from tests.conftest import Templates, _only_parishes
from tests.test_words import foreign_marks
from vendors.fields import has_hidden_characters, has_personal_code
from vendors.listings.freshness import is_stale
from vendors.listings.models import Good
from vendors.registry.models import PUBLIC, OpenDay, Vendor
from vendors.stories.models import Story

PLACEHOLDERS = re.compile(r"\b(lorem|ipsum|placeholder|todo|xxx|foo)\b", re.IGNORECASE)
CONTACT = re.compile(r"\+371|\b[26]\d{7}\b|@|https?:|www\.")


@pytest.fixture
def market(shared_app: Flask):
    """A session on the demonstration of tests."""
    with database_of(shared_app).reading() as session:
        yield session


def test_sixty_stalls_in_three_zones_and_a_festival_layer_of_forty(market: Session):
    rows = market.exec(
        select(Site.slug, Zone.code, StallOnPlan.stall_id)
        .join(Zone, col(Zone.site_id) == Site.id)
        .join(StallOnPlan, col(StallOnPlan.zone_id) == Zone.id)
    ).all()
    lasting = [row for row in rows if row[0] not in ("pils-iela", "katrinas-laukums")]
    assert Counter(site for site, _zone, _stall in lasting) == {
        "tirgus": 60, "brivibas-laukums": 40,
    }  # fmt: skip
    assert len({zone for site, zone, _stall in rows if site == "tirgus"}) == 3
    assert len({stall for _site, _zone, stall in lasting}) == 100


def test_squares_of_festivals_are_on_the_plan_on_their_days_alone(market: Session):
    rows = market.exec(
        select(Site.slug, StallOnPlan, Festival)
        .join(Zone, col(Zone.site_id) == Site.id)
        .join(StallOnPlan, col(StallOnPlan.zone_id) == Zone.id)
        .join(CallZone, col(CallZone.zone_id) == Zone.id)
        .join(Call, col(Call.id) == CallZone.call_id)
        .join(Festival, col(Festival.id) == Call.festival_id)
        .where(Site.slug != "brivibas-laukums")
    ).all()
    assert Counter(slug for slug, _spot, _festival in rows) == {
        "pils-iela": 16, "katrinas-laukums": 20,
    }  # fmt: skip
    assert all(
        (spot.valid_from, spot.valid_to) == (festival.first_day, festival.last_day)
        for _slug, spot, festival in rows
    )


def test_45_vendors_from_at_least_18_parishes_half_of_them_also_in_english(market: Session):
    vendors = market.exec(select(Vendor).where(Vendor.state == "approved")).all()
    told = Counter(story.language for story in market.exec(select(Story)))
    assert len(vendors) == 45
    assert len({vendor.parish_code for vendor in vendors} - {None}) >= 18
    assert told["lv"] == 45
    assert 20 <= told["en"] <= 25


def test_every_vendor_has_goods_a_story_and_a_drawing(market: Session, visitor: CarefulClient):
    goods = Counter(good.vendor_id for good in market.exec(select(Good)))
    drawings = set()
    for vendor in market.exec(select(Vendor).where(*PUBLIC)):
        assert 3 <= goods[vendor.id] <= 7, vendor.name
        assert vendor.drawing_words and {"lv", "en"} <= vendor.drawing_words.keys()
        answer = visitor.fetch(f"/attels/{vendor.slug}.svg")
        assert answer.mimetype == "image/svg+xml"
        drawings.add(answer.data)
    assert len(drawings) == 45


def test_stories_are_as_long_as_people_listen(market: Session):
    for story in market.exec(select(Story)):
        said = (story.vendor_id, story.language)
        assert 35 <= len(story.short.split()) <= 60, said
        assert 110 <= len(story.longer.split()) <= 180, said
        assert 110 <= len(story.whole.split()) <= 230, said
        assert story.question.endswith((".", "?")), said
        assert "?" not in story.short, said


def all_texts(session: Session) -> list[str]:
    """Every text of the demonstration that people may read."""
    texts = []
    for story in session.exec(select(Story)):
        texts += [story.short, story.question, story.longer, story.whole]
    for vendor in session.exec(select(Vendor)):
        texts += [vendor.name, *(vendor.drawing_words or {}).values()]
    for good in session.exec(select(Good)):
        texts += good.name.values()
    for event in session.exec(select(Event)):
        texts += [*event.title.values(), *(event.text or {}).values()]
        texts += (event.state_words or {}).values()
    for festival in session.exec(select(Festival)):
        texts += [*festival.name.values(), *festival.intro.values()]
    for table in (Notice, OpenDay):
        for row in session.exec(select(table)):
            texts += row.words.values()
    return texts


def test_nothing_looks_like_a_placeholder_and_nobody_can_be_called(market: Session):
    texts = all_texts(market)
    assert len(texts) > 1000
    assert [text for text in texts if PLACEHOLDERS.search(text)] == []
    assert [text for text in texts if CONTACT.search(text)] == []
    assert [text for text in texts if has_hidden_characters(text) or has_personal_code(text)] == []
    vendors = market.exec(select(Vendor)).all()
    assert not any(vendor.phone for vendor in vendors)
    assert {vendor.email.partition("@")[2] for vendor in vendors if vendor.email} == {"example.org"}


def test_no_two_stories_and_no_two_names_are_alike(market: Session):
    stories = [story.short for story in market.exec(select(Story))]
    assert len(set(stories)) == len(stories)
    openings = Counter(" ".join(story.split()[:3]) for story in stories)
    assert openings.most_common(1)[0][1] <= 2
    names = [vendor.name for vendor in market.exec(select(Vendor))]
    assert len(set(names)) == len(names) == 48


def test_latvian_texts_have_latvian_quotation_marks(market: Session):
    texts = [s.short + s.longer + s.whole + s.question
             for s in market.exec(select(Story).where(Story.language == "lv"))]  # fmt: skip
    texts += [event.title["lv"] for event in market.exec(select(Event))]
    texts += [good.name["lv"] for good in market.exec(select(Good))]
    texts += [vendor.name for vendor in market.exec(select(Vendor))]
    assert [text for text in texts if foreign_marks(text)] == []


def test_every_month_has_goods_of_many_categories(market: Session):
    goods = market.exec(select(Good)).all()
    for month in range(12):
        in_season = [good for good in goods if good.months >> month & 1]
        assert len({good.category for good in in_season}) >= 10, month + 1
    sellers = market.exec(select(Vendor).where(Vendor.standing == "season")).all()
    for vendor in sellers:
        mask = 0
        for good in goods:
            mask |= good.months if good.vendor_id == vendor.id else 0
        assert mask.bit_count() >= 8, vendor.name


def test_every_kind_of_answer_can_be_seen(shared_app: Flask, market: Session):
    """Somebody is here, late, away, on two stalls; stalls are free; a day was cancelled."""
    found = stalls_by_circumstance(shared_app, TEST_TODAY)
    assert {"here", "late", "absent", "two", "free", "never"} <= found.keys()
    assert any(day.cancelled for day in market.exec(select(MarketDay)))
    assert any(is_stale(good, TEST_TODAY) for good in market.exec(select(Good)))
    assert len(holders_on(shared_app, TEST_TODAY)) >= 18
    assert len({v.id for v in holders_on(shared_app, date(2027, 7, 17)).values()}) >= 30


def test_signs_are_the_same_in_every_demonstration(market: Session):
    """Printed signs of a demonstration stay good when it is made anew."""
    signs = market.exec(
        select(Stall.number, Sign.code).join(Sign, col(Sign.stall_id) == Stall.id)
    ).all()
    assert len(signs) == len({code for _number, code in signs}) == 136


def test_every_page_says_that_it_is_a_demonstration(visitor: CarefulClient):
    for address in ("/lv/", "/lv/tirgotaji", f"/lv/tirgotaji/{vendors_of(visitor.app)[0].slug}"):
        assert "izdomāti" in visitor.get(address).text
    assert "invented" in visitor.get("/en/").text


def test_an_empty_market_does_not_say_so(empty_app: Flask):
    assert "izdomāti" not in CarefulClient(empty_app).get("/lv/tirgotaji").text


@pytest.fixture(scope="module")
def blank(templates: Templates) -> Database:
    """A database of an empty market, in which demonstrations are made and taken back."""
    return Database(templates.copy("sqlite", "empty", _only_parishes))


@settings(
    max_examples=5, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(today=st.dates(date(2026, 1, 15), date(2029, 12, 31)))
@example(date(2026, 6, 1))
@example(date(2027, 7, 17))
@example(date(2028, 2, 29))
@example(date(2026, 12, 25))
def test_it_can_be_made_on_any_day(blank: Database, today: date):
    with blank.writing() as session:
        write_demonstration(session, today)
        session.flush()
        placed = [one.day for one in session.exec(select(Placement))]
        festival = session.exec(
            select(Festival).where(
                col(Festival.slug).startswith("rozu-svetki-"), Festival.last_day >= today
            )
        ).one()
        assert session.exec(select(Festival)).all()[-1].last_day >= today
        assert len(session.exec(select(Vendor).where(*PUBLIC)).all()) == 45
        assert len(session.exec(select(Vendor)).all()) == 48
        assert any(today - timedelta(days=7) <= day < today for day in placed)
        assert any(today < day <= today + timedelta(days=7) for day in placed)
        assert today <= festival.last_day <= today + timedelta(days=400)
        assert session.exec(select(Event).where(Event.first_day >= today)).first()
        assert len(session.exec(select(Sign)).all()) == 136
        assert session.exec(select(Venue)).first() and session.exec(select(Amenity)).first()
        session.rollback()


def test_applicants_have_been_at_an_earlier_festival_or_stayed_away(market: Session):
    festival, call = market.exec(
        select(Festival, Call).join(Call).where(col(Festival.slug).startswith("ziemassvetku"))
    ).one()
    rows = market.exec(select(Application).where(Application.call_id == call.id)).all()
    past = histories(market, festival, [row.vendor_id for row in rows if row.vendor_id])
    assert {one.festivals for one in past.values()} == {0, 1}
    assert max(one.no_shows for one in past.values()) == 3


def test_who_wants_a_vehicle_beside_the_stall_finds_a_place_for_it(market: Session):
    for call in market.exec(select(Call)):
        zones = select(CallZone.zone_id).where(CallZone.call_id == call.id)
        spots = market.exec(select(StallOnPlan).where(col(StallOnPlan.zone_id).in_(zones))).all()
        assert any(spot.vehicle for spot in spots)
