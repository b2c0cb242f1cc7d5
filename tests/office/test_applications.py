"""Applications at the office: reviewed, decided together, sent together, and what comes after."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlmodel import Session, select

from app import accepting
from app.database import database
from app.records import Letter
from market.days.models import Festival, Placement, Presence
from market.festivals.deciding import Seen
from market.festivals.models import Application, ApplicationStep, Call, CallZone
from market.places.models import StallOnPlan
from market.reviewing.queries import call_of_slug, histories
from tests.careful_client import CarefulClient
from tests.reading_paper import texts_of
from vendors.registry.models import Vendor


@pytest.fixture
def slug(demo_app: Flask) -> str:
    """The festival of the demonstration that people have applied for."""
    with demo_app.app_context(), database().reading() as session:
        wanted = select(Festival.slug).join(Call).join(Application).distinct()
        return session.exec(wanted).one()


def base(slug: str) -> str:
    return f"/lv/parvalde/svetki/{slug}"


def rows(app: Flask, *states: str) -> list[Application]:
    with app.app_context(), database().reading() as session:
        found = session.exec(select(Application).order_by(Application.number)).all()
        return [row for row in found if not states or row.state in states]


def ticks(*some: Application) -> list[str]:
    return [f"{row.id}-{row.version}" for row in some]


def letters(app: Flask) -> list[Letter]:
    with app.app_context(), database().reading() as session:
        return list(session.exec(select(Letter).where(Letter.kind == "application")))


def prepare_and_send(office: CarefulClient, app: Flask, slug: str) -> None:
    office.submit(office.get(f"{base(slug)}/lemumi"), "Sagatavot")
    office.submit(office.get(f"{base(slug)}/lemumi"), "Nosūtīt")


def test_the_rule_is_taken_over_seen_and_sent_at_once(
    organiser: CarefulClient, demo_app: Flask, slug: str
) -> None:
    before = rows(demo_app, "submitted")
    organiser.submit(organiser.get(f"{base(slug)}/lemumi"), "Sagatavot")
    assert {row.state for row in rows(demo_app) if row.prepared} == {"submitted"}
    assert letters(demo_app) == []
    organiser.submit(organiser.get(f"{base(slug)}/lemumi"), "Nosūtīt")
    after = {row.id: row for row in rows(demo_app)}
    assert all(after[row.id].state in ("accepted", "waiting", "refused") for row in before)
    accepted = [row for row in after.values() if row.state == "accepted"]
    assert accepted and all(row.vendor_id and row.price_cents is not None for row in accepted)
    assert len(letters(demo_app)) == sum(bool(after[row.id].email) for row in before)
    waiting = sorted(row.waiting_place or 0 for row in after.values() if row.state == "waiting")
    assert waiting == list(range(1, len(waiting) + 1))


def test_what_is_prepared_is_undone_and_nobody_hears_of_it(
    organiser: CarefulClient, demo_app: Flask, slug: str
) -> None:
    one = rows(demo_app, "submitted")[0]
    sent = {"application": ticks(one), "decision": "waiting"}
    page = organiser.get(organiser.send(f"{base(slug)}/lemumi/sagatavot", sent).location)
    assert rows(demo_app, "submitted")[0].prepared == "waiting"
    organiser.submit(page, "Atcelt")
    assert rows(demo_app, "submitted")[0].prepared is None
    assert letters(demo_app) == []


def test_of_two_officers_the_second_sees_what_is_decided(
    person_of_office: Callable[..., CarefulClient], demo_app: Flask, slug: str
) -> None:
    one = rows(demo_app, "submitted")[0]
    sent = {"application": ticks(one), "decision": "accepted"}
    person_of_office("organiser").send(f"{base(slug)}/lemumi/sagatavot", sent)
    other = {"application": ticks(one), "decision": "waiting", "one": "1"}
    answer = person_of_office("head").send(f"{base(slug)}/lemumi/sagatavot", other, 409)
    assert one.number in answer.get_data(as_text=True)
    assert next(row for row in rows(demo_app) if row.id == one.id).prepared == "accepted"


def sent_twice(
    person_of_office: Callable[..., CarefulClient], demo_app: Flask, slug: str, status: int
) -> tuple[int, int]:
    """Two officers send the same prepared decision, one after the other: vendors and letters."""
    one = next(row for row in rows(demo_app, "submitted") if not row.vendor_id and row.email)
    first, second = person_of_office("organiser"), person_of_office("head")
    accept = {"application": ticks(one), "decision": "accepted"}
    first.send(f"{base(slug)}/lemumi/sagatavot", accept)
    [seen] = [row for row in rows(demo_app) if row.prepared]
    page = {"application": ticks(seen)}
    first.send(f"{base(slug)}/lemumi/sutit", page)
    second.send(f"{base(slug)}/lemumi/sutit", page, status)
    with demo_app.app_context(), database().reading() as session:
        vendors = session.exec(select(Vendor).where(Vendor.name == one.name)).all()
        return len(vendors), len(letters(demo_app))


def test_accepting_twice_makes_one_vendor_and_one_letter(
    person_of_office: Callable[..., CarefulClient], demo_app: Flask, slug: str
) -> None:
    assert sent_twice(person_of_office, demo_app, slug, 409) == (1, 1)


def test_the_twin_that_looks_at_no_version_writes_to_them_twice(
    person_of_office: Callable[..., CarefulClient],
    demo_app: Flask,
    slug: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = accepting.send_prepared

    def blind(desk: accepting.Desk, seen: object) -> list[Application]:
        again = desk.session.exec(select(Application).where(Application.state == "accepted")).all()
        if again:
            row = again[0]
            row.state, row.prepared, row.vendor_id = "submitted", "accepted", None
            desk.session.add(row)
            desk.session.flush()
        prepared = desk.session.exec(
            select(Application).where(Application.prepared == "accepted")
        ).all()
        return whole(desk, [Seen(row.id or 0, row.version) for row in prepared])

    monkeypatch.setattr("app.pages.organiser.deciding.send_prepared", blind)
    assert sent_twice(person_of_office, demo_app, slug, 303) == (2, 2)


def test_a_withdrawal_lets_the_next_move_up_by_rule_with_a_letter(
    organiser: CarefulClient, demo_app: Flask, slug: str
) -> None:
    crafts = [row for row in rows(demo_app, "submitted") if row.categories == ["crafts"]]
    gone, *others = (row for row in crafts if len(row.days) == 3 and row.power_kw == 0)
    one = {"application": ticks(gone), "decision": "accepted"}
    many = {"application": ticks(*others), "decision": "waiting"}
    organiser.send(f"{base(slug)}/lemumi/sagatavot", one)
    organiser.send(f"{base(slug)}/lemumi/sagatavot", many)
    organiser.submit(organiser.get(f"{base(slug)}/lemumi"), "Nosūtīt")
    waiting = rows(demo_app, "waiting")
    [gone] = rows(demo_app, "accepted")
    told = len(letters(demo_app))
    page = {"sure": "1", "version": str(gone.version)}
    organiser.send(f"{base(slug)}/pieteikumi/{gone.id}/atsaukts", page)
    with demo_app.app_context(), database().reading() as session:
        by_rule = session.exec(select(ApplicationStep).where(ApplicationStep.by_rule)).all()
    moved = [row for row in rows(demo_app, "accepted") if row.id in {one.id for one in waiting}]
    assert {step.application_id for step in by_rule} == {row.id for row in moved}
    assert moved and all(gone.number in step.note for step in by_rule)
    assert len(letters(demo_app)) == told + sum(bool(row.email) for row in moved)
    assert moved[0].number in organiser.get(f"{base(slug)}/gaidisana").text


def test_a_question_goes_out_and_the_application_waits(
    organiser: CarefulClient, demo_app: Flask, slug: str
) -> None:
    one = next(row for row in rows(demo_app, "submitted") if row.email)
    typed = {"question": "Cik garš ir Jūsu galds?", "version": str(one.version)}
    organiser.send(f"{base(slug)}/pieteikumi/{one.id}/jautat", typed)
    assert next(row for row in rows(demo_app) if row.id == one.id).state == "asked"
    [letter] = letters(demo_app)
    assert "Cik garš ir Jūsu galds?" in letter.body
    organiser.send(f"{base(slug)}/pieteikumi/{one.id}/jautat", typed, 409)
    organiser.send(f"{base(slug)}/pieteikumi/{one.id}/jautat", {"question": ""}, 422)


def test_a_sent_decision_changes_only_with_a_reason(
    organiser: CarefulClient, demo_app: Flask, slug: str
) -> None:
    prepare_and_send(organiser, demo_app, slug)
    one = rows(demo_app, "accepted")[0]
    sent = {"application": ticks(one), "decision": "waiting"}
    organiser.send(f"{base(slug)}/lemumi/sagatavot", sent, 422)
    why = {**sent, "reason": "Dokuments izrādījās nederīgs."}
    organiser.send(f"{base(slug)}/lemumi/sagatavot", why)
    page = organiser.get(f"{base(slug)}/pieteikumi/{one.id}")
    assert "Dokuments izrādījās nederīgs." in page.text


def test_after_deciding_payment_place_permit_gate_and_history(
    organiser: CarefulClient,
    person_of_office: Callable[..., CarefulClient],
    demo_app: Flask,
    slug: str,
) -> None:
    prepare_and_send(organiser, demo_app, slug)
    one, other = [row for row in rows(demo_app, "accepted") if row.email][:2]
    day = _placed(demo_app, slug, one, other)
    paid = {"application": ticks(one), "what": "paid", "paid_on": "2026-11-24", "way": "transfer"}
    page = organiser.get(organiser.send(f"{base(slug)}/samaksa", paid).location)
    assert one.name in page.text
    one = next(row for row in rows(demo_app) if row.id == one.id)
    assert (one.paid_cents, one.paid_by) == (one.price_cents, "transfer")
    organiser.send(f"{base(slug)}/dokumenti/vietas", {"sure": "1"})
    assert sum("KL" in letter.body for letter in letters(demo_app)) == 2
    gate = f"{base(slug)}/atlaujas"
    tick = {"diena": day, "was": "expected"}
    assert "Ieradās" not in organiser.get(f"{gate}?diena={day}").html
    assert "vēl nav pienācis" in organiser.send(f"{gate}/{one.id}/ieradies", tick, 422).text
    demo_app.config["NOW"] = datetime.fromisoformat(f"{day}T06:10")
    organiser = person_of_office("head")
    organiser.send(f"{gate}/{one.id}/ieradies", tick)
    with demo_app.app_context(), database().reading() as session:
        vendor = session.get_one(Vendor, other.vendor_id)
        wanted = {"diena": day, "vendor": vendor.slug}
    organiser.send(f"{gate}/neieradas", wanted, 422)
    demo_app.config["NOW"] = datetime.fromisoformat(f"{day}T12:00")
    organiser.send(f"{gate}/neieradas", wanted)
    with demo_app.app_context(), database().reading() as session:
        states = {row.vendor_id: (row.state, row.no_show) for row in session.exec(
            select(Presence).where(Presence.day == date.fromisoformat(day)))}  # fmt: skip
        assert states[one.vendor_id or 0] == ("present", False)
        assert states[other.vendor_id or 0] == ("absent", True)
        assert _added(session, slug, one, other) == [(1, 0), (0, 1)]
    paper = " ".join(
        text.text for text in texts_of(organiser.fetch(f"{base(slug)}/atlaujas.pdf").data)
    )
    assert one.number in paper and "KL1" in paper
    table = load_workbook(BytesIO(organiser.fetch(f"{base(slug)}/atlaujas.xlsx").data))
    cells = [cell for row in table.active.iter_rows() for cell in row]
    assert one.number in [cell.value for cell in cells]
    assert not any(cell.data_type == "f" for cell in cells)


def _added(session: Session, slug: str, *some: Application) -> list[tuple[int, int]]:
    """What a festival adds to applicants' histories: festivals, and days they did not come."""
    festival = call_of_slug(session, slug)
    assert festival is not None
    later = Festival(
        slug="velak", name={"lv": "V"}, intro={"lv": "V"},
        first_day=festival[0].last_day + timedelta(days=200),
        last_day=festival[0].last_day + timedelta(days=200),
    )  # fmt: skip
    ids = [row.vendor_id or 0 for row in some]
    before = [histories(session, festival[0], ids)[vendor_id] for vendor_id in ids]
    after = [histories(session, later, ids)[vendor_id] for vendor_id in ids]
    return [(new.festivals - old.festivals, new.no_shows - old.no_shows)
            for old, new in zip(before, after, strict=True)]  # fmt: skip


def _placed(app: Flask, slug: str, *some: Application) -> str:
    """Put applicants on stalls of the call on the festival's first day, as publishing does."""
    with app.app_context(), database().writing() as session:
        found = call_of_slug(session, slug)
        assert found is not None
        day = found[0].first_day
        zones = select(CallZone.zone_id).where(CallZone.call_id == found[1].id)
        stalls = session.exec(
            select(StallOnPlan.stall_id)
            .where(StallOnPlan.zone_id.in_(zones), StallOnPlan.valid_from <= day)  # type: ignore[attr-defined]
            .order_by(StallOnPlan.stall_id)  # type: ignore[arg-type]
        ).all()
        for row, stall_id in zip(some, stalls, strict=False):
            session.add(Placement(day=day, stall_id=stall_id, vendor_id=row.vendor_id or 0))
        session.commit()
        return day.isoformat()


def test_readers_look_and_decide_nothing(
    person_of_office: Callable[..., CarefulClient], slug: str
) -> None:
    page = person_of_office("reader").get(f"{base(slug)}/pieteikumi")
    assert not re.search('name="decision"', page.html)
