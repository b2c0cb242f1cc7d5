"""Widgets: light pages for a frame of the municipality's site, and of no other."""

from datetime import date, datetime, time

import pytest
from sqlmodel import select

from market.days.models import MarketDay, MarketSetting, Notice
from market.places.models import Site
from market.programme.models import Event
from tests.asking import changing, holders_on
from tests.careful_client import CarefulClient
from tests.own.coming_in import add_person

TODAY = date(2026, 11, 24)
LARGEST = 14_000
WIDGETS = ("/lv/iegult/sodien", "/lv/iegult/programma", "/en/iegult/sodien", "/en/iegult/programma")
HOST = "https://www.tukums.lv"


def let_frame(app, hosts):
    """List hosts, as the office does."""
    with changing(app) as session:
        session.merge(MarketSetting(name="framed_by", value=hosts))


def ancestors(app, address="/lv/iegult/sodien"):
    """Who may frame an address."""
    answer = app.test_client().get(address)
    assert "X-Frame-Options" not in answer.headers
    return answer.headers["Content-Security-Policy"].split("frame-ancestors ")[1].split(";")[0]


def day_of(app, **values):
    """An exception of today on the market's own site."""
    with changing(app) as session:
        site = session.exec(select(Site).order_by(Site.id)).first()
        for old in session.exec(select(MarketDay).where(MarketDay.day == TODAY)).all():
            session.delete(old)
        session.flush()
        session.add(MarketDay(site_id=site.id, day=TODAY, **values))


@pytest.mark.parametrize("address", WIDGETS)
def test_a_widget_is_one_light_page(visitor, address):
    page = visitor.get(address)
    assert len(page.html.encode()) < LARGEST
    assert "Set-Cookie" not in page.headers
    assert page.policy["script-src"] == ["'none'"]
    assert not page.root.all("script", "img", "link", "iframe", "form")
    links = page.root.all("a")
    assert links
    assert {one["target"] for one in links} == {"_top"}
    assert page.root.all("main") and page.root.all("footer")


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-24T07:00", "Šodien atvērs plkst. 8.00"),
        ("2026-11-24T10:00", "Atvērts līdz plkst. 14.00"),
        ("2026-11-24T15:00", "Slēgts"),
        ("2026-11-23T10:00", "Slēgts"),
    ],
)
def test_it_says_whether_the_market_is_open(visitor, moment, said):
    visitor.app.config["NOW"] = datetime.fromisoformat(moment)
    assert said.casefold()[:6] in visitor.get("/lv/iegult/sodien").text.casefold()


def test_it_says_who_sells_and_what_and_what_is_on_next(visitor):
    text = visitor.get("/lv/iegult/sodien").text
    today = visitor.get("/lv/")
    here = next(one.text for one in today.main.all("h2") if "tirgotāj" in one.text)
    assert here.split(":")[0] in text
    assert len(holders_on(visitor.app, TODAY)) > 3
    assert "Tuvākais programmā" in text
    programme = visitor.get("/lv/iegult/programma")
    assert 0 < len(programme.main.all("li")) <= 8


def test_it_says_what_is_different_today(demo_app, client):
    day_of(demo_app, opens=time(8), closes=time(12), weather={"lv": "Stiprs vējš."})
    with changing(demo_app) as session:
        words = {"lv": "Ūdens nav.", "en": "No water."}
        session.add(Notice(words=words, first_day=TODAY, last_day=TODAY, link="/lv/programma"))
    page = client.get("/lv/iegult/sodien")
    for said in ("12.00", "Stiprs vējš.", "Ūdens nav."):
        assert said in page.text
    assert "No water." in client.get("/en/iegult/sodien").text
    day_of(demo_app, cancelled=True, words={"lv": "Plūdi."})
    text = client.get("/lv/iegult/sodien").text
    assert "Plūdi." in text
    assert "Tirgotāji" not in text


def test_an_event_that_is_cancelled_is_not_the_next_one(demo_app, client):
    with changing(demo_app) as session:
        for event in session.exec(select(Event)).all():
            event.state = "cancelled"
            session.add(event)
    assert "Tuvākais programmā" not in client.get("/lv/iegult/sodien").text
    assert "tcelts" in client.get("/lv/iegult/programma").text


def test_an_empty_market_has_widgets_too(empty_app):
    client = CarefulClient(empty_app)
    for address in WIDGETS:
        client.get(address)


def test_only_listed_hosts_frame_it_and_a_change_counts_at_once(demo_app):
    assert ancestors(demo_app) == "'none'"
    let_frame(demo_app, f"{HOST} https://turisms.tukums.lv")
    for address in WIDGETS:
        assert ancestors(demo_app, address) == f"{HOST} https://turisms.tukums.lv"
    let_frame(demo_app, "")
    assert ancestors(demo_app) == "'none'"


@pytest.mark.parametrize("address", ["/lv/", "/lv/programma", "/lv/ieiet", "/lv/nav", "/"])
def test_no_other_page_is_framed_by_them(demo_app, address):
    let_frame(demo_app, HOST)
    assert ancestors(demo_app, address) == "'none'"


def test_a_widget_is_kept_rendered(demo_app):
    kept = demo_app.extensions["kept_pages"].served
    client = demo_app.test_client()
    client.get("/lv/iegult/sodien")
    before = kept["kept"]
    client.get("/lv/iegult/sodien")
    assert kept["kept"] == before + 1


def test_hostile_words_stay_words(demo_app, client):
    with changing(demo_app) as session:
        words = {"lv": "<script>alert(1)</script>"}
        session.add(Notice(words=words, first_day=TODAY, last_day=TODAY))
    assert "<script>alert(1)</script>" in client.get("/lv/iegult/sodien").text


def test_the_office_copies_what_is_to_be_put_into_a_page(demo_app, client):
    add_person(demo_app, "ilze@tirgus.example")
    client.come_in("", person="ilze@tirgus.example")
    page = client.get("/lv/parvalde/iegult")
    elements = [one.text for one in page.main.all("textarea")]
    assert len(elements) == 4
    assert '<iframe src="https://tirgus.example/lv/iegult/sodien"' in elements[0]
    assert 'title="What is on in Tukums"' in elements[3]
    assert "Vēl neviena vietne" in page.text
    let_frame(demo_app, HOST)
    assert HOST in client.get("/lv/parvalde/iegult").text
