"""The ticked sheet: entered in the order of the paper, once, and over nobody's tap."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from flask import Flask
from sqlmodel import Session, col, delete, select

from app.database import Database
from app.fees_of_day import fees_of_day
from app.records import Change
from market.days.models import Placement, Presence, Waiting
from market.fees.models import Payment
from market.places.models import Stall
from tests.careful_client import CarefulClient, Page, form_fields
from vendors.registry.models import Vendor

TODAY = date(2026, 11, 24)
SHEET = f"/lv/parvalde/diena/{TODAY}/lapa"
SAVE = "Saglabāt visu lapu"
FIRST, SECOND, THIRD, GUEST = "siltrasas", "rasas-stunda", "cekulgaili", "klegas"


@pytest.fixture
def paper_day(demo_app: Flask) -> Flask:
    """A day on which nobody could tap anything; everything stands on paper."""
    with writing(demo_app) as session:
        for table in (Presence, Waiting, Payment):
            session.exec(delete(table))
        session.commit()
    return demo_app


def writing(app: Flask) -> Session:
    market: Database = app.extensions["database"]
    return market.writing()  # type: ignore[return-value]


def reading(app: Flask) -> Session:
    market: Database = app.extensions["database"]
    return market.reading()


def states(app: Flask) -> dict[str, tuple[str, bool]]:
    with reading(app) as session:
        rows = session.exec(
            select(Vendor.slug, Presence.state, Presence.no_show).join(
                Presence, col(Presence.vendor_id) == Vendor.id
            )
        )
        return {slug: (state, no_show) for slug, state, no_show in rows}


def holder(app: Flask, number: str) -> str | None:
    with reading(app) as session:
        return session.exec(
            select(Vendor.slug)
            .join(Placement, col(Placement.vendor_id) == Vendor.id)
            .join(Stall, col(Stall.id) == Placement.stall_id)
            .where(Stall.number == number, Placement.day == TODAY)
        ).first()


def payers(app: Flask) -> tuple[str, str]:
    """Two vendors who pay by the day and stand on priced places."""
    with reading(app) as session:
        found = [
            one.line.vendor.slug
            for one in fees_of_day(session, 1, TODAY)
            if not one.fee.by_contract and one.fee.cents
        ]
    return found[0], found[1]


def payments(app: Flask) -> dict[str, tuple[str, int]]:
    with reading(app) as session:
        rows = session.exec(
            select(Vendor.slug, Payment.way, Payment.cents).join(
                Payment, col(Payment.vendor_id) == Vendor.id
            )
        )
        return {slug: (way, cents) for slug, way, cents in rows}


def changes(app: Flask) -> int:
    with reading(app) as session:
        return len(session.exec(select(Change)).all())


def fields_of(page: Page) -> dict[str, list[str]]:
    form = next(one for one in page.root.all("form") if one["action"] == SHEET)
    return form_fields(form)


def test_the_lines_stand_in_the_order_of_the_paper(
    paper_day: Flask, organiser: CarefulClient
) -> None:
    page = organiser.get(SHEET)
    numbers = [one.text for one in page.root.first("ol").all("span") if "tiny" in one["class"]]
    assert numbers[:6] == ["A1", "A2", "A3", "A4", "A5", "A6"]
    assert numbers[-3:] == ["M1", "S1", "S2"]


def test_a_whole_sheet_is_saved_with_one_button(paper_day: Flask, organiser: CarefulClient) -> None:
    payer, other = payers(paper_day)
    ticks = {
        f"state-{FIRST}": "present",
        f"state-{SECOND}": "late",
        f"state-{THIRD}": "absent",
        f"free-{THIRD}": "1",
        f"to-{THIRD}": "Klegas",
        f"paid-{payer}": "cash",
        f"paid-{other}": "transfer",
        "g1-stall": "b9",
        "g1-name": "Medus no Saldus",
        "g1-goods": "medus",
        "g1-place": "Saldus",
    }
    with reading(paper_day) as session:
        guest = session.exec(select(Vendor.name).where(Vendor.slug == GUEST)).one()
    page = organiser.submit(organiser.get(SHEET), SAVE, **{**ticks, f"to-{THIRD}": guest})
    assert "Lapa ir saglabāta." in page.text
    found = states(paper_day)
    assert found[FIRST] == ("present", False)
    assert found[SECOND] == ("late", False)
    assert found[THIRD] == ("absent", True)
    assert found[GUEST] == ("present", False)
    assert (holder(paper_day, "A5"), holder(paper_day, "B9")) == (GUEST, "medus-no-saldus")
    paid = payments(paper_day)
    assert (paid[payer][0], paid[other][0]) == ("cash", "transfer")
    with reading(paper_day) as session:
        fees = {one.line.vendor.slug: one.fee for one in fees_of_day(session, 1, TODAY)}
    assert paid[payer][1] == fees[payer].cents_by("cash")


def test_saved_again_nothing_happens_twice(paper_day: Flask, organiser: CarefulClient) -> None:
    payer, _other = payers(paper_day)
    page = organiser.get(SHEET)
    form = {**fields_of(page), f"state-{FIRST}": "present", f"paid-{payer}": "cash"}
    form["idempotency_key"] = [uuid4().hex]
    for _again in range(2):
        organiser.send(SHEET, form)
    before = changes(paper_day)
    assert before == 2
    organiser.submit(organiser.get(SHEET), SAVE)
    organiser.submit(page, SAVE, **{f"state-{FIRST}": "present", f"paid-{payer}": "cash"})
    assert changes(paper_day) == before


def test_what_was_tapped_meanwhile_is_shown_and_not_overwritten(
    paper_day: Flask,
    organiser: CarefulClient,
    person_of_office: Callable[..., CarefulClient],
) -> None:
    payer, _other = payers(paper_day)
    page = organiser.get(SHEET)
    helper = person_of_office("helper")
    tap = {"vendor": FIRST, "state": "late", "was": "expected", "diena": str(TODAY)}
    helper.send("/lv/parvalde/sodien/ieradies", tap)
    organiser.send(f"/lv/parvalde/diena/{TODAY}/maksas/{payer}", {"way": "transfer"})
    ticks = {f"state-{FIRST}": "absent", f"state-{SECOND}": "present", f"paid-{payer}": "cash"}
    shown = organiser.submit(page, SAVE, 409, **ticks)
    assert "Tagad tur ir: kavējas. Lapā: nav klāt." in shown.text
    assert states(paper_day)[FIRST] == ("late", False)
    assert states(paper_day)[SECOND] == ("present", False)
    assert payments(paper_day)[payer][0] == "transfer"
    organiser.submit(shown, SAVE, **{f"state-{FIRST}": "absent"})
    assert states(paper_day)[FIRST] == ("absent", True)


def test_a_taken_stall_is_told_and_the_rest_is_saved(
    paper_day: Flask, organiser: CarefulClient
) -> None:
    guest = {"g1-name": "Medus", "g1-goods": "medus", "g1-place": "Saldus", "g1-stall": "A1"}
    ticks = {**guest, f"state-{FIRST}": "present"}
    shown = organiser.submit(organiser.get(SHEET), SAVE, 409, **ticks)
    assert "Siltrasas" in shown.root.first("ul").text or "Siltrasas" in shown.text
    assert states(paper_day) == {FIRST: ("present", False)}
    with reading(paper_day) as session:
        assert session.exec(select(Vendor).where(Vendor.name == "Medus")).all() == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"g1-name": "Medus", "g1-goods": "medus", "g1-place": "Saldus"}, "ar šādu numuru nav"),
        ({"g1-name": "Medus", "g1-stall": "B9"}, "ko pārdod"),
        (
            {"g1-name": "010203-12345", "g1-goods": "a", "g1-place": "b", "g1-stall": "B9"},
            "personas kod",
        ),
        ({f"to-{THIRD}": "Medus"}, "atzīmējiet arī"),
    ],
)
def test_what_does_not_fit_is_given_back_and_nothing_is_saved(
    paper_day: Flask, organiser: CarefulClient, typed: dict[str, str], sentence: str
) -> None:
    ticks = {**typed, f"state-{FIRST}": "present"}
    page = organiser.submit(organiser.get(SHEET), SAVE, 422, **ticks)
    assert sentence in page.text
    assert states(paper_day) == {}
    ticked = [one["value"] for one in page.root.all("input", name=f"state-{FIRST}")
              if "checked" in one]  # fmt: skip
    assert ticked == ["present"]


def test_a_day_to_come_has_no_ticks_yet(paper_day: Flask, organiser: CarefulClient) -> None:
    address = "/lv/parvalde/diena/2026-11-27/lapa"
    assert "vēl tikai būs" in organiser.get(address).text
    organiser.send(address, {f"state-{FIRST}": "present"}, 422)


def test_helpers_do_not_enter_days(
    paper_day: Flask, person_of_office: Callable[..., CarefulClient]
) -> None:
    person_of_office("helper").fetch(SHEET, 403)
