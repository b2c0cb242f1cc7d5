"""Plans at the desk: a draft, the planner in its own process, closing a row, publishing, back."""

import time as stopwatch
from datetime import UTC, date, datetime
from random import Random
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, col, select

import app.plan_publishing
import app.planner_process
from app.planner_process import Apart, Stopped, Working, begin_run, real_moment, watched
from app.planning import absent_on
from market.days.models import Placement
from market.places.models import Stall
from market.planning.models import PlannedPlace, PlannerRun, PlanVersion
from market.planning.problem import Festival, PlanningStall, PlanningVendor, Problem
from market.planning.queries import plan_with_number
from market.planning.versions import Stalls, Step, publishing
from tests.asking import changing, code_of, database_of, holders_on
from tests.careful_client import CarefulClient
from tests.reading_paper import texts_of
from vendors.fields import identity
from vendors.registry.models import Vendor

TODAY, FRIDAY = date(2026, 11, 24), date(2026, 11, 27)
PLANS = "/lv/parvalde/plani"
ROW = "G:A"


def begun(organiser: CarefulClient, day: date = FRIDAY) -> int:
    """The number of a draft for a market day."""
    page = organiser.send(
        PLANS, {"par": "d", "laukums": "tirgus", "diena": day.isoformat(), "name": "Pirmais"}
    )
    return int(page.location.split("?")[0].rsplit("/", 1)[1])


def last_run(app: Flask) -> PlannerRun:
    """The newest run of the planner."""
    with database_of(app).reading() as session:
        return session.exec(select(PlannerRun).order_by(col(PlannerRun.id).desc())).first()  # type: ignore[return-value]


def ended(app: Flask, within_s: float = 60) -> PlannerRun:
    """The newest run when it waits and works no more."""
    until = stopwatch.monotonic() + within_s
    while stopwatch.monotonic() < until:
        run = last_run(app)
        if run.busy is None:
            return run
        stopwatch.sleep(0.1)
    raise AssertionError("the planner did not come to its end")


def planned(app: Flask, number: int) -> dict[str, int]:
    """Vendor ids by stall in a version."""
    with database_of(app).reading() as session:
        rows = session.exec(
            select(Stall.number, PlannedPlace.vendor_id)
            .join(PlannedPlace, col(PlannedPlace.stall_id) == Stall.id)
            .where(PlannedPlace.plan_id == number)
        )
        return {stall: vendor_id or 0 for stall, vendor_id in rows}


def standing(app: Flask, day: date) -> dict[str, str]:
    """Slugs of vendors by stall on a day."""
    return {number: vendor.slug for number, vendor in holders_on(app, day).items()}


def test_rain_closes_a_row_and_as_few_as_possible_move(
    demo_app: Flask, organiser: CarefulClient
) -> None:
    before = standing(demo_app, TODAY)
    with database_of(demo_app).reading() as session:
        away = {
            one.slug for one in session.exec(select(Vendor)) if one.id in absent_on(session, TODAY)
        }
    wet = {number for number, slug in before.items() if number[0] == "A" and slug not in away}
    assert wet
    organiser.send(
        f"{PLANS}/slegt",
        {"rinda": ROW, "iemesls": "rain", "laukums": "tirgus", "diena": TODAY.isoformat()},
    )
    run = ended(demo_app)
    assert (run.state, run.kind) == ("done", "calm"), run.error
    changes = organiser.get(f"{PLANS}/{run.plan_id}/izmainas")
    assert "lietus" in changes.text
    calls = " ".join(
        one.text for one in texts_of(organiser.fetch(f"{PLANS}/{run.plan_id}/zvani.pdf").data)
    )
    assert all(number in calls for number in wet)
    assert organiser.fetch(f"{PLANS}/{run.plan_id}/stremeles.pdf").data[:4] == b"%PDF"
    organiser.send(f"{PLANS}/{run.plan_id}/publicet", {})
    after = standing(demo_app, TODAY)
    assert not [number for number in after if number[0] == "A"]
    dry = {number: slug for number, slug in before.items() if number[0] != "A"}
    assert {number: after.get(number) for number in dry} == dry
    lost = set(before.values()) - set(after.values())
    assert lost and lost <= away, "who does not come has no closed stall, and nobody else loses one"
    number = min(wet)
    elsewhere = next(at for at, slug in after.items() if slug == before[number])
    sign = CarefulClient(demo_app).get(f"/lv/S/{code_of(demo_app, number)}")
    assert elsewhere in sign.text
    assert "šodien ir slēgta" in sign.title and "lietus" in sign.text
    visitor = CarefulClient(demo_app)
    for page in ("/lv/", "/lv/karte"):
        read = visitor.get(page).text
        assert "Slēgtās vietas: A1" in read and f"nevis {number}" in read
    assert "closed: rain" in visitor.get("/en/karte").text
    free_closed = next(n for n in before if n[0] == "A" and before[n] in away)
    closed = visitor.get(f"/lv/S/{code_of(demo_app, free_closed)}")
    assert "šodien ir slēgta" in closed.title
    _opened_again(demo_app, organiser, {number: before[number] for number in wet})


def _opened_again(demo_app: Flask, organiser: CarefulClient, before: dict[str, str]) -> None:
    """When the rain is over everybody who moved goes back."""
    organiser.submit(organiser.get(f"{PLANS}/slegt?diena={TODAY.isoformat()}"), "Atvērt atkal")
    with database_of(demo_app).reading() as session:
        newest = session.exec(select(PlanVersion).order_by(col(PlanVersion.id).desc())).first()
    assert newest is not None and newest.closed == {}
    organiser.send(f"{PLANS}/{newest.id}/publicet", {})
    again = standing(demo_app, TODAY)
    assert {number: again.get(number) for number in before} == before
    assert "Slēgtās vietas" not in CarefulClient(demo_app).get("/lv/").text


def test_closed_stalls_take_the_hold_of_a_hand_from_the_others_of_the_same_vendor(
    demo_app: Flask, organiser: CarefulClient
) -> None:
    with changing(demo_app) as session:
        one, other = (
            session.exec(select(Stall).where(Stall.number == number)).one()
            for number in ("B13", "B14")
        )
        vendor = session.exec(select(Vendor).where(Vendor.state == "approved")).first()
        assert vendor is not None
        for stall in (one, other):
            session.add(Placement(day=FRIDAY, stall_id=identity(stall), vendor_id=identity(vendor)))
        who = identity(vendor)
    organiser.send(
        f"{PLANS}/slegt", {"vieta": "B13", "laukums": "tirgus", "diena": FRIDAY.isoformat()}
    )
    run = ended(demo_app)
    assert run.state == "done", run.error
    with database_of(demo_app).reading() as session:
        rows = session.exec(
            select(PlannedPlace).where(
                PlannedPlace.plan_id == run.plan_id, PlannedPlace.vendor_id == who
            )
        ).all()
    assert "B13" not in planned(demo_app, run.plan_id)
    assert len(rows) >= 2 and not any(row.by_hand and row.stall_id == other.id for row in rows)


def test_a_draft_is_filled_published_compared_and_taken_back(
    demo_app: Flask, organiser: CarefulClient
) -> None:
    before = standing(demo_app, FRIDAY)
    number = begun(organiser)
    organiser.send(f"{PLANS}/{number}/piedavajums", {"kind": "proposal", "seconds": "10"})
    run = ended(demo_app)
    assert run.state == "done", run.error
    page = organiser.get(f"{PLANS}/{number}")
    assert "Piedāvājums ir ierakstīts" in page.text
    assert organiser.get(f"{PLANS}/{number}/paskaidrojumi").text
    assert organiser.fetch(f"{PLANS}/{number}/paskaidrojumi.pdf").data[:4] == b"%PDF"
    organiser.send(f"{PLANS}/{number}/publicet", {})
    assert before.items() <= standing(demo_app, FRIDAY).items()
    again = begun(organiser)
    with changing(demo_app) as session:
        place = session.exec(select(PlannedPlace).where(PlannedPlace.plan_id == again)).first()
        session.delete(place)
    organiser.send(f"{PLANS}/{again}/publicet", {})
    assert len(standing(demo_app, FRIDAY)) == len(planned(demo_app, again))
    assert "Atpakaļ" in organiser.get(f"{PLANS}/{again}/salidzinat?ar={number}").text
    back = organiser.send(f"{PLANS}/{number}/no-tas", {})
    number_back = int(back.location.split("?")[0].rsplit("/", 1)[1])
    organiser.send(f"{PLANS}/{number_back}/publicet", {})
    assert set(standing(demo_app, FRIDAY)) == set(planned(demo_app, number))
    with database_of(demo_app).reading() as session:
        states = {one.id: one.state for one in session.exec(select(PlanVersion))}
    assert {one: states[one] for one in (number, again, number_back)} == {
        number: "earlier",
        again: "earlier",
        number_back: "published",
    }


def taken_meanwhile(app: Flask, organiser: CarefulClient) -> tuple[int, str, int]:
    """A draft that gives a free stall to somebody, and somebody else put there by hand since."""
    number = begun(organiser)
    with changing(app) as session:
        held = set(session.exec(select(Placement.stall_id).where(Placement.day == FRIDAY)))
        stall = session.exec(select(Stall).where(Stall.number == "B14")).one()
        assert stall.id not in held
        one, other = session.exec(
            select(Vendor).where(Vendor.state == "approved").order_by(col(Vendor.id)).limit(2)
        )
        session.add(
            PlannedPlace(plan_id=number, day=FRIDAY, stall_id=identity(stall), vendor_id=one.id)
        )
        session.add(Placement(day=FRIDAY, stall_id=identity(stall), vendor_id=identity(other)))
        return number, other.name, identity(other)


def test_a_stall_taken_by_hand_meanwhile_is_left_to_whoever_has_it(
    demo_app: Flask, organiser: CarefulClient
) -> None:
    number, name, _vendor_id = taken_meanwhile(demo_app, organiser)
    before = standing(demo_app, FRIDAY)
    page = organiser.send(f"{PLANS}/{number}/publicet", {}, status=409)
    assert name in page.get_data(as_text=True)
    assert standing(demo_app, FRIDAY) == before


def test_without_looking_again_publishing_would_take_it_away(
    demo_app: Flask, organiser: CarefulClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(planned: Stalls, now: Stalls, _known: Stalls) -> tuple[Step, ...]:
        return publishing(planned, now, now)

    monkeypatch.setattr(app.plan_publishing, "publishing", careless)
    number, _name, _vendor_id = taken_meanwhile(demo_app, organiser)
    before = standing(demo_app, FRIDAY)
    organiser.send(f"{PLANS}/{number}/publicet", {})
    assert standing(demo_app, FRIDAY)["B14"] != before["B14"]


def waiting_run(session: Session, number: int) -> PlannerRun:
    """A run of a plan that waits."""
    plan = plan_with_number(session, number)
    assert plan is not None
    return begin_run(session, plan, kind="proposal", seconds=10, whom=(), person_id=None)


def test_one_plan_has_one_run_and_a_dead_one_is_found(
    demo_app: Flask, organiser: CarefulClient
) -> None:
    number = begun(organiser)
    with demo_app.app_context(), changing(demo_app) as session:
        run = waiting_run(session, number)
        with pytest.raises(Working):
            waiting_run(session, number)
        run.state, run.heard_at = "running", datetime(2020, 1, 1, tzinfo=UTC)
        session.add(run)
    assert "Plānotājs tika pārtraukts" in organiser.get(f"{PLANS}/{number}").text
    with demo_app.app_context(), changing(demo_app) as session:
        waiting_run(session, number)


def test_of_many_who_ask_at_once_one_gets_the_planner(
    demo_app: Flask, organiser: CarefulClient
) -> None:
    assert sorted(asked_at_once(demo_app, begun(organiser))) == [False, False, True]


def test_without_the_one_number_all_would_get_it(
    demo_app: Flask, organiser: CarefulClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = begun(organiser)
    real = PlannerRun

    def without_busy(**values: Any) -> PlannerRun:
        return real(**{**values, "busy": None})

    monkeypatch.setattr(app.planner_process, "PlannerRun", without_busy)
    assert asked_at_once(demo_app, number) == [True, True, True]


def asked_at_once(application: Flask, number: int) -> list[bool]:
    """Which of three who ask for a run of one plan at the same moment have got it."""
    barrier, got = Barrier(3), []

    def ask() -> None:
        with application.app_context(), database_of(application).writing() as session:
            barrier.wait()
            try:
                waiting_run(session, number)
                session.commit()
                got.append(True)
            except Working:
                got.append(False)

    threads = [Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


def large() -> Festival:
    """A day that the planner works on for a long while."""
    random = Random(7)
    stalls = tuple(
        PlanningStall(f"S{row}-{at}", str(row), at) for row in range(60) for at in range(40)
    )
    names = [one.id for one in stalls]
    vendors = tuple(
        PlanningVendor(
            f"v{number}", "festival", number, max_stalls=3, wishes=tuple(random.sample(names, 8))
        )
        for number in range(2600)
    )
    return Festival((Problem("2027-07-17", stalls, vendors),))


def test_whoever_stops_the_planner_waits_less_than_two_seconds(
    demo_app: Flask, organiser: CarefulClient
) -> None:
    number = begun(organiser)
    with demo_app.app_context():
        with changing(demo_app) as session:
            run = waiting_run(session, number)
            run.state, run.heard_at = "running", real_moment()
            session.add(run)
            session.flush()
            run_id = identity(run)
        with Apart(large(), 120) as planner:
            stopped: list[float] = []

            def stop() -> None:
                stopwatch.sleep(1)
                organiser.send(f"{PLANS}/{number}/partraukt", {})
                stopped.append(stopwatch.monotonic())

            stopping = Thread(target=stop)
            stopping.start()
            try:
                with pytest.raises(Stopped):
                    watched(run_id, planner, 100)
            finally:
                stopping.join()
        assert stopwatch.monotonic() - stopped[0] < 2
        assert planner.answers is None
