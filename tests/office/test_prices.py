"""The price list at the office's desk."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlmodel import col, select

from app.database import database
from market.fees.models import Price
from tests.careful_client import CarefulClient

PAGE = "/lv/parvalde/cenas"
WATER = {
    "what": "vehicle",
    "stall_kind": "",
    "period": "day",
    "cents": "1,50",
    "social_cents": "",
    "valid_from": "2026-01-01",
    "valid_to": "",
}


def lines(app: Flask, what: str = "vehicle") -> list[tuple[int, date, date | None]]:
    with app.app_context(), database().reading() as session:
        rows = session.exec(select(Price).where(Price.what == what).order_by(col(Price.valid_from)))
        return [(row.cents, row.valid_from, row.valid_to) for row in rows]


def added(organiser: CarefulClient, app: Flask) -> str:
    """The address of a new line."""
    organiser.submit(organiser.get(f"{PAGE}/jauna"), "Saglabāt", **WATER)
    with app.app_context(), database().reading() as session:
        row = session.exec(select(Price).where(Price.what == "vehicle")).one()
    return f"{PAGE}/{row.id}"


def test_a_new_price_counts_from_a_day_on_and_the_old_one_ends_before(
    organiser: CarefulClient, demo_app: Flask
) -> None:
    one = added(organiser, demo_app)
    typed = {"from_day": "2027-01-01", "cents": "2", "social_cents": ""}
    page = organiser.submit(organiser.get(one), "Ielikt jauno cenu sarakstā", **typed)
    assert lines(demo_app) == [
        (150, date(2026, 1, 1), date(2026, 12, 31)),
        (200, date(2027, 1, 1), None),
    ]
    organiser.submit(page, "Atcelt")
    assert lines(demo_app) == [(150, date(2026, 1, 1), None)]


REFUSED = {
    "no amount": {"cents": ""},
    "no money": {"cents": "dārgi"},
    "less than nothing": {"cents": "-1"},
    "ends before it begins": {"valid_to": "2025-01-01"},
    "a reduction that is none": {"social_cents": "2,00"},
    "an unknown thing": {"what": "air"},
    "an unknown kind": {"stall_kind": "boat"},
    "an unknown period": {"period": "hour"},
    "no day": {"valid_from": "rīt"},
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_price_is_refused(case: str, organiser: CarefulClient, demo_app: Flask) -> None:
    organiser.send(f"{PAGE}/jauna", {**WATER, **REFUSED[case]}, 422)
    assert lines(demo_app) == []


def test_the_same_thing_has_one_price_on_a_day(organiser: CarefulClient, demo_app: Flask) -> None:
    one = added(organiser, demo_app)
    told = organiser.send(f"{PAGE}/jauna", {**WATER, "valid_from": "2026-06-01"}, 422)
    assert "2026. gada 1. janvāris" in told.get_data(as_text=True)
    ended = {**WATER, "valid_to": "2026-06-30"}
    organiser.submit(organiser.get(one), "Saglabāt", **ended)
    organiser.send(f"{PAGE}/jauna", {**WATER, "valid_from": "2026-07-01"})
    organiser.send(f"{one}", {**WATER, "version": "2"}, 422)
    late = {"from_day": "2026-08-01", "cents": "2", "social_cents": "", "version": "2"}
    organiser.send(f"{one}/no-dienas", late, 422)
    assert len(lines(demo_app)) == 2


def test_both_are_shown_when_two_correct_a_line(
    person_of_office: Callable[..., CarefulClient], demo_app: Flask
) -> None:
    one, other = person_of_office("organiser"), person_of_office("head")
    address = added(one, demo_app)
    page = other.get(address)
    one.submit(one.get(address), "Saglabāt", cents="1,70")
    told = other.submit(page, "Saglabāt", 409, cents="1,90")
    assert "1,70" in told.root.text
    assert "1,90" in told.html


def test_what_an_example_costs(organiser: CarefulClient) -> None:
    asked = "?veids=table&metri=2&kw=3&diena=2026-11-24"
    text = organiser.get(f"{PAGE}{asked}").root.text.replace("\xa0", " ")
    assert "4,00 €" in text
    assert "skaidrā naudā 5,00 €" in text
    later = organiser.get(f"{PAGE}{asked.replace('2026-11-24', '2027-01-02')}").root.text
    assert "4,30" in later
    for odd in ("?metri=abc&kw=-1&diena=x&veids=boat", "?metri=99999999999&kw=1e9"):
        organiser.get(PAGE + odd)


def test_a_line_that_was_a_mistake_is_removed(organiser: CarefulClient, demo_app: Flask) -> None:
    one = added(organiser, demo_app)
    organiser.submit(organiser.get(one), "Izņemt rindu")
    assert lines(demo_app) == []
    organiser.get(one, 404)
    organiser.send(one, WATER, 404)


def test_readers_see_prices_and_no_button(
    person_of_office: Callable[..., CarefulClient], demo_app: Flask
) -> None:
    reader = person_of_office("reader")
    assert "Jauna cena" not in reader.get(PAGE).root.text
    reader.send(f"{PAGE}/jauna", WATER, 403)
