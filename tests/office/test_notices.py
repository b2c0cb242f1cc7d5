"""Notices: what visitors read from a first to a last day."""

import pytest
from sqlmodel import select

from market.days.models import Notice
from tests.asking import changing, database_of
from tests.careful_client import CarefulClient

PAGE = "/lv/parvalde/pazinojumi"
TODAY, TOMORROW, YESTERDAY = "2026-11-24", "2026-11-25", "2026-11-23"
WORDS = {"lv": "Rīt tirgus līdz plkst. 12.00.", "en": "Tomorrow the market closes at noon."}


@pytest.fixture(autouse=True)
def _no_notices(demo_app):
    with changing(demo_app) as session:
        for row in session.exec(select(Notice)).all():
            session.delete(row)


def form(**typed):
    """A notice of today and tomorrow as it is typed."""
    return {**WORDS, "first_day": TODAY, "last_day": TOMORROW, "link": "", **typed}


def the_notice(app):
    """The only notice, or None."""
    with database_of(app).reading() as session:
        found = session.exec(select(Notice)).first()
        session.expunge_all()
    return found


def test_visitors_read_it_at_once_and_no_more_when_it_ends(demo_app, organiser, client):
    visitor = CarefulClient(demo_app)
    assert WORDS["lv"] not in visitor.get("/lv/").text
    organiser.send(PAGE, form(link="/lv/programma"))
    assert WORDS["lv"] in visitor.get("/lv/").text
    assert WORDS["en"] in visitor.get("/en/").text
    assert visitor.get("/lv/").link(WORDS["lv"]) == "/lv/programma"
    page = organiser.submit(organiser.get(PAGE), "Beigt tagad")
    assert WORDS["lv"] not in visitor.get("/lv/").text
    organiser.submit(page, "Atcelt")
    assert WORDS["lv"] in visitor.get("/lv/").text


def test_a_notice_that_had_begun_stays_in_the_list_when_it_is_ended(demo_app, organiser):
    organiser.send(PAGE, form(first_day="2026-11-20"))
    organiser.submit(organiser.get(PAGE), "Beigt tagad")
    assert the_notice(demo_app).last_day.isoformat() == YESTERDAY
    assert WORDS["lv"] in organiser.get(PAGE).text


def test_removing_is_undone_by_the_button_beside_it(demo_app, organiser):
    organiser.send(PAGE, form())
    page = organiser.submit(organiser.get(PAGE), "Noņemt")
    assert the_notice(demo_app) is None
    organiser.submit(page, "Atcelt")
    assert the_notice(demo_app).words == WORDS


def test_the_list_tells_now_from_coming_and_past(organiser):
    organiser.send(PAGE, form(lv="Tagad.", first_day=TODAY))
    organiser.send(PAGE, form(lv="Vēlāk.", first_day="2026-12-01", last_day="2026-12-02"))
    organiser.send(PAGE, form(lv="Agrāk.", first_day="2026-11-01", last_day="2026-11-02"))
    text = organiser.get(PAGE).text
    places = [text.index(one) for one in ("Tagad.", "Gaidāmie", "Vēlāk.", "Bijušie", "Agrāk.")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"lv": ""}, "latviski"),
        ({"lv": "Zvaniet 010203-12345."}, "personas kod"),
        ({"lv": "x" * 401}, "400 zīmēm"),
        ({"last_day": YESTERDAY}, "nevar būt pirms pirmās"),
        ({"first_day": "rīt"}, "norādiet dienu"),
        ({"first_day": "0001-01-01"}, "mūsu laika dienu"),
        ({"link": "https://example.org"}, "piemēram, /lv/programma"),
        ({"link": "javascript:alert(1)"}, "piemēram, /lv/programma"),
        ({"link": "//example.org"}, "piemēram, /lv/programma"),
    ],
)
def test_what_does_not_fit_is_said_and_all_is_given_back(demo_app, organiser, typed, sentence):
    answer = organiser.send(PAGE, form(**typed), 422).get_data(as_text=True)
    assert sentence in answer
    assert WORDS["en"] in answer
    assert the_notice(demo_app) is None


def test_it_is_looked_at_as_visitors_see_it_before_it_is_saved(demo_app, organiser):
    answer = organiser.send(PAGE, form(act="look"), 200).get_data(as_text=True)
    assert answer.count(WORDS["lv"]) == 2
    assert the_notice(demo_app) is None


def test_of_two_who_write_the_second_sees_both_texts(demo_app, organiser, person_of_office):
    other = person_of_office("head")
    organiser.send(PAGE, form())
    number = the_notice(demo_app).id
    mine, theirs = (one.get(f"{PAGE}/{number}") for one in (organiser, other))
    other.submit(theirs, "Saglabāt", lv=["Tirgus rīt slēgts."])
    answer = organiser.send(f"{PAGE}/{number}", form(lv="Mans teksts.", version=1), 409)
    page = answer.get_data(as_text=True)
    assert "Mans teksts." in page
    assert "Meanwhile" not in page
    assert "Tirgus rīt slēgts." in page
    assert the_notice(demo_app).words["lv"] == "Tirgus rīt slēgts."
    assert mine.h1 == "Paziņojums apmeklētājiem"


def test_an_unknown_notice_is_not_there(organiser):
    organiser.fetch(f"{PAGE}/99999", 404)
    for act in ("", "/beigt", "/nonemt"):
        organiser.send(f"{PAGE}/99999{act}", {}, 404)
