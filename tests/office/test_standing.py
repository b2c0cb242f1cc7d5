"""Who stands where: put, move, swap, release, copy and fill, and what the grid says."""

import time as stopwatch
from collections.abc import Callable
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlmodel import col, delete, select

import app.filling
import app.pages.organiser.stands
from app.database import Database
from app.demo import TEST_TODAY
from app.filling import AHEAD, fill_ahead, keep_filled
from app.standing_words import short_said
from market.days.models import FilledDay, Placement, StallHolding, Waiting
from market.places.models import Stall, StallOnPlan, Zone
from tests.asking import changing, database_of, holders_on
from tests.careful_client import CarefulClient, Page
from tests.reading_pages import Element
from vendors.fields import identity
from vendors.registry.models import Vendor

FRIDAY = date(2026, 11, 27)
TOMORROW_WEEK = TEST_TODAY + timedelta(days=7)
GRID = "/lv/parvalde/vietas"
JSON = {"Accept": "application/json"}


def stalls_now(app: Flask, day: date) -> dict[str, str]:
    """The slug of the vendor on each stall of a day."""
    return {number: vendor.slug for number, vendor in holders_on(app, day).items()}


def free_stall(app: Flask, day: date, skip: int = 0) -> str:
    """A stall of the market itself that is free on a day."""
    taken = stalls_now(app, day)
    with database_of(app).reading() as session:
        rows = session.exec(
            select(Stall.number)
            .join(StallOnPlan, col(StallOnPlan.stall_id) == Stall.id)
            .join(Zone, col(Zone.id) == StallOnPlan.zone_id)
            .where(Zone.code != "R")
            .order_by(col(Stall.id))
        )
        return [number for number in rows if number not in taken][skip]


def without_stall(app: Flask, day: date) -> str:
    """Somebody who could be put on a day and is not."""
    there = set(stalls_now(app, day).values())
    with database_of(app).reading() as session:
        rows = session.exec(
            select(Vendor.slug).where(Vendor.state == "approved").order_by(col(Vendor.id))
        )
        return next(slug for slug in rows if slug not in there)


def placement_id(app: Flask, day: date, number: str) -> int:
    with database_of(app).reading() as session:
        return identity(
            session.exec(
                select(Placement)
                .join(Stall, col(Stall.id) == Placement.stall_id)
                .where(Placement.day == day, Stall.number == number)
            ).one()
        )


def place(day: date, number: str) -> str:
    return f"{day.isoformat()}.{number}"


def cell_at(page: Page, day: date, number: str) -> Element:
    return next(one for one in page.root.walk() if one["id"] == f"c-{place(day, number)}")


def test_put_move_and_release_show_on_the_grid(demo_app: Flask, organiser: CarefulClient):
    first, second = free_stall(demo_app, FRIDAY), free_stall(demo_app, FRIDAY, 1)
    slug = without_stall(demo_app, FRIDAY)
    organiser.send(f"{GRID}/ielikt", {"uz": place(FRIDAY, first), "tirgotajs": slug})
    assert stalls_now(demo_app, FRIDAY)[first] == slug
    held = str(placement_id(demo_app, FRIDAY, first))
    organiser.send(f"{GRID}/parcelt", {"uz": place(FRIDAY, second), "placement": held})
    now = stalls_now(demo_app, FRIDAY)
    assert (now[second], first in now) == (slug, False)
    page = organiser.get(f"{GRID}?no={FRIDAY}&dienas=1")
    assert (
        "brīva" in cell_at(page, FRIDAY, first).text or "free" in cell_at(page, FRIDAY, first).text
    )
    held = str(placement_id(demo_app, FRIDAY, second))
    organiser.send(f"{GRID}/atbrivot", {"placement": held})
    assert second not in stalls_now(demo_app, FRIDAY)


def test_two_change_places_and_undoing_brings_them_back(demo_app: Flask, organiser: CarefulClient):
    before = stalls_now(demo_app, FRIDAY)
    one, other = (
        next(iter(before)),
        next(n for n in before if before[n] != next(iter(before.values()))),
    )
    held = str(placement_id(demo_app, FRIDAY, one))
    seen = placement_id(demo_app, FRIDAY, other)
    answer = organiser.send(
        f"{GRID}/mainit", {"uz": f"{place(FRIDAY, other)}.{seen}", "placement": held}
    )
    after = stalls_now(demo_app, FRIDAY)
    assert (after[one], after[other]) == (before[other], before[one])
    page = organiser.get(answer.location.partition("#")[0])
    organiser.submit(page, "Atcelt")
    assert stalls_now(demo_app, FRIDAY) == before


@pytest.mark.parametrize("way", ["ielikt", "parcelt", "mainit"])
def test_the_second_reads_who_has_the_stall(way: str, demo_app: Flask, organiser: CarefulClient):
    before = stalls_now(demo_app, FRIDAY)
    taken, *rest = list(before)
    mine = next(number for number in rest if before[number] != before[taken])
    fields = {"uz": place(FRIDAY, taken), "placement": str(placement_id(demo_app, FRIDAY, mine))}
    if way == "ielikt":
        fields = {"uz": place(FRIDAY, taken), "tirgotajs": without_stall(demo_app, FRIDAY)}
    if way == "mainit":
        # The page had shown somebody else there.
        fields["uz"] += f".{placement_id(demo_app, FRIDAY, mine)}"
    holder = holders_on(demo_app, FRIDAY)[taken].name
    answer = organiser.send(f"{GRID}/{way}", fields, 409, headers=JSON)
    assert answer.json["reason"] == "taken"
    assert holder in answer.json["title"] and taken in answer.json["title"]
    assert stalls_now(demo_app, FRIDAY) == before


def test_what_cannot_be_done_is_said(demo_app: Flask, organiser: CarefulClient):
    free, slug = free_stall(demo_app, FRIDAY), without_stall(demo_app, FRIDAY)
    for fields, status in (
        ({"uz": place(FRIDAY, "Z99"), "tirgotajs": slug}, 422),
        ({"uz": "nothing", "tirgotajs": slug}, 422),
        ({"uz": place(FRIDAY, free), "tirgotajs": "nobody"}, 422),
        ({"uz": place(FRIDAY, free), "placement": "999999"}, 409),
        ({"uz": place(date(2020, 1, 3), free), "tirgotajs": slug}, 409),
    ):
        organiser.send(f"{GRID}/ielikt", fields, status)
    organiser.send(f"{GRID}/parcelt", {"uz": place(FRIDAY, free), "placement": "x"}, 409)
    organiser.send(f"{GRID}/atbrivot", {"placement": "99999999999"}, 409)
    with changing(demo_app) as session:
        session.exec(select(Vendor).where(Vendor.slug == slug)).one().state = "paused"
    organiser.send(f"{GRID}/ielikt", {"uz": place(FRIDAY, free), "tirgotajs": slug}, 409)


def test_a_form_sent_twice_puts_once(demo_app: Flask, organiser: CarefulClient):
    free, slug = free_stall(demo_app, FRIDAY), without_stall(demo_app, FRIDAY)
    form = {"uz": place(FRIDAY, free), "tirgotajs": slug, "idempotency_key": "k" * 20}
    first = organiser.send(f"{GRID}/ielikt", form)
    assert organiser.send(f"{GRID}/ielikt", form).location == first.location


def test_readers_look_and_have_no_buttons(person_of_office: Callable[..., CarefulClient]):
    reader = person_of_office("reader")
    page = reader.get(GRID)
    assert not [one for one in page.main.all("button") if "cell" in one["class"]]
    reader.send(f"{GRID}/ielikt", {}, 403)


def test_without_javascript_a_vendor_is_taken_and_put_down(
    demo_app: Flask, organiser: CarefulClient
):
    free, slug = free_stall(demo_app, FRIDAY), without_stall(demo_app, FRIDAY)
    page = organiser.get(f"{GRID}?no={FRIDAY}&dienas=1&tirgotajs={slug}")
    form = next(one for one in page.root.all("form") if "grid-form" in one["class"])
    assert form["method"] == "post" and form["action"].endswith("/ielikt")
    cell = cell_at(page, FRIDAY, free)
    fields = {one["name"]: one["value"] for one in form.all("input")}
    answer = organiser.send(form["action"], {**fields, cell["name"]: cell["value"]})
    assert stalls_now(demo_app, FRIDAY)[free] == slug
    assert f"no={FRIDAY}" in answer.location
    held = placement_id(demo_app, FRIDAY, free)
    page = organiser.get(f"{GRID}?no={FRIDAY}&dienas=1&nemt={held}")
    form = next(one for one in page.root.all("form") if "grid-form" in one["class"])
    assert form["action"].endswith("/parcelt")
    page = organiser.get(f"{GRID}?uz={place(FRIDAY, free_stall(demo_app, FRIDAY))}")
    assert [one for one in page.root.all("button") if one["name"] == "tirgotajs"]


def test_who_waits_comes_first_and_who_is_placed_is_found_by_name(
    demo_app: Flask, organiser: CarefulClient
):
    slug = without_stall(demo_app, FRIDAY)
    with changing(demo_app) as session:
        last = session.exec(
            select(Vendor).where(Vendor.state == "approved").order_by(col(Vendor.seniority).desc())
        ).first()
        assert last is not None
        waiting = session.exec(select(Vendor).where(Vendor.slug == slug)).one()
        waiting.seniority = 5000
        session.add(Waiting(vendor_id=identity(waiting), day=FRIDAY, since=_moment()))
    page = organiser.get(f"{GRID}?no={FRIDAY}&dienas=1")
    listed = [one["data-vendor"] for one in page.root.walk() if "data-vendor" in one]
    assert listed[0] == slug
    placed = next(iter(holders_on(demo_app, FRIDAY).values()))
    assert placed.slug not in listed
    found = organiser.get(f"{GRID}?no={FRIDAY}&dienas=1&q={placed.name[:12]}")
    assert placed.slug in [one["data-vendor"] for one in found.root.walk() if "data-vendor" in one]


def _moment():
    from datetime import UTC, datetime

    return datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_a_day_is_copied_and_what_is_taken_is_named_and_left(
    demo_app: Flask, organiser: CarefulClient
):
    with changing(demo_app) as session:
        session.execute(delete(Placement).where(col(Placement.day) == TOMORROW_WEEK))
    source = stalls_now(demo_app, TEST_TODAY)
    number = next(iter(source))
    other = next(slug for slug in source.values() if slug != source[number])
    organiser.send(f"{GRID}/ielikt", {"uz": place(TOMORROW_WEEK, number), "tirgotajs": other})
    page = organiser.get(f"{GRID}/kopet?no={TEST_TODAY}&uz={TOMORROW_WEEK}")
    assert holders_on(demo_app, TOMORROW_WEEK)[number].name in page.text
    organiser.send(f"{GRID}/kopet", {"no": TEST_TODAY, "uz": TOMORROW_WEEK})
    after = stalls_now(demo_app, TOMORROW_WEEK)
    assert after[number] == other
    assert {key: slug for key, slug in after.items() if key != number}.items() <= source.items()
    assert len(after) > len(source) * 0.8


def test_a_day_is_filled_anew_and_the_hand_is_respected(demo_app: Flask, organiser: CarefulClient):
    before = stalls_now(demo_app, FRIDAY)
    number = next(n for n in before if _source(demo_app, FRIDAY, n) == "season")
    organiser.send(f"{GRID}/atbrivot", {"placement": str(placement_id(demo_app, FRIDAY, number))})
    page = organiser.get(f"{GRID}/aizpildit?diena={FRIDAY}")
    assert number in page.text
    organiser.send(f"{GRID}/aizpildit", {"diena": FRIDAY})
    assert stalls_now(demo_app, FRIDAY)[number] == before[number]
    assert _source(demo_app, FRIDAY, number) == "season"


def _source(app: Flask, day: date, number: str) -> str:
    with database_of(app).reading() as session:
        row = session.get(Placement, placement_id(app, day, number))
        return row.source if row else ""


def test_marks_say_what_is_wrong_in_words(demo_app: Flask, organiser: CarefulClient):
    number = free_stall(demo_app, FRIDAY)
    page = organiser.get(f"{GRID}?no={FRIDAY}&dienas=1")
    slug = next(one["data-vendor"] for one in page.root.walk() if "data-vendor" in one)
    with changing(demo_app) as session:
        one = session.exec(select(Vendor).where(Vendor.slug == slug)).one()
        one.needs_power_kw, one.needs_width_m, one.needs_water = 40.0, 30.0, True
    organiser.send(f"{GRID}/ielikt", {"uz": place(FRIDAY, number), "tirgotajs": slug})
    page = organiser.get(f"/en/parvalde/vietas?no={FRIDAY}&dienas=1")
    said = cell_at(page, FRIDAY, number).text
    assert "power 40/" in said and "/30 m" in said
    assert "needs 40 kW" in page.text


def said_twice(page: Page) -> list[str]:
    """What cells of the grid say more than once."""
    cells = [[mark.text for mark in cell.all(of_class="mark")] for cell in page.main.all("td")]
    return [mark for marks in cells for mark in set(marks) if marks.count(mark) > 1]


def test_a_cell_says_each_thing_once(organiser: CarefulClient):
    page = organiser.get(GRID)
    assert "arī blakus" in page.text
    assert said_twice(page) == []


def test_a_cell_that_tells_of_every_neighbour_is_noticed(
    monkeypatch: pytest.MonkeyPatch, organiser: CarefulClient
):
    """The twin: one mark for every finding."""
    every = lambda found: [short_said(one) for one in found]  # noqa: E731
    monkeypatch.setattr(app.pages.organiser.stands, "marks", every)
    assert said_twice(organiser.get(GRID))


def test_two_hundred_stalls_and_four_days_are_there_at_once(
    demo_app: Flask, organiser: CarefulClient
):
    with changing(demo_app) as session:
        zone = session.exec(select(Zone).where(Zone.code == "G")).one()
        vendors = session.exec(select(Vendor).where(Vendor.state == "approved")).all()
        for number in range(140):
            stall = Stall(number=f"X{number + 1}")
            session.add(stall)
            session.flush()
            session.add(
                StallOnPlan(
                    stall_id=identity(stall), zone_id=identity(zone), row="X", position=number + 1,
                    kind="table", x_m=1 + number, y_m=66, width_m=1, depth_m=1,
                    valid_from=date(2026, 1, 1),
                )
            )  # fmt: skip
            for day in (TEST_TODAY, FRIDAY):
                vendor = vendors[number % len(vendors)]
                session.add(
                    Placement(day=day, stall_id=identity(stall), vendor_id=identity(vendor))
                )
    organiser.fetch(GRID)
    began = stopwatch.process_time()
    answer = organiser.fetch(GRID)
    assert stopwatch.process_time() - began < 1.5
    assert answer.data.count(b'class="cell') > 700


# Days ahead fill themselves.


def test_days_ahead_are_filled_once_by_those_who_hold_the_stalls(demo_app: Flask):
    days = _forget_filling(demo_app)
    with demo_app.app_context():
        number = keep_filled()
        assert number > 100
        assert keep_filled() == 0
    sources = set(_rows(demo_app, days))
    assert {source for _day, _stall, _vendor, source in sources} == {"season", "weekly"}
    # What somebody released by hand stays released.
    with changing(demo_app) as session:
        session.execute(delete(Placement).where(col(Placement.day) == FRIDAY))
    with demo_app.app_context():
        assert keep_filled() == 0


def test_several_workers_fill_each_day_once(demo_app: Flask):
    alone = _filled_by(demo_app, 1)
    together = _filled_by(demo_app, 4)
    assert together == alone


def test_workers_who_do_not_write_that_a_day_is_filled_are_noticed(
    demo_app: Flask, monkeypatch: pytest.MonkeyPatch
):
    """The twin: the day is filled again, also where somebody had made a stall free by hand."""
    monkeypatch.setattr(app.filling, "filled_days", lambda *_days: set())
    real = app.filling.FilledDay
    days = _forget_filling(demo_app)
    with demo_app.app_context():
        keep_filled()
    with changing(demo_app) as session:
        session.execute(delete(FilledDay))
        session.execute(delete(Placement).where(col(Placement.day) == days[0]))
    with demo_app.app_context():
        assert real is FilledDay and keep_filled() > 0


def _forget_filling(app: Flask) -> list[date]:
    """As if nobody had ever filled a day ahead; returns the market days concerned."""
    days = [day for day in sorted({row[0] for row in _rows(app, None)}) if day > TEST_TODAY]
    with changing(app) as session:
        session.execute(delete(Placement).where(col(Placement.day) > TEST_TODAY))
        session.execute(delete(FilledDay).where(col(FilledDay.day) > TEST_TODAY))
    return [day for day in days if day <= TEST_TODAY + AHEAD]


def _filled_by(app: Flask, workers: int) -> set[tuple[object, ...]]:
    days, gate, faults = _forget_filling(app), Barrier(workers), []

    def work() -> None:
        found = Database(str(database_of(app).engine.url.render_as_string(False)))
        if app.extensions["database"].file:
            found = Database(f"sqlite:///{app.extensions['database'].file}")
        gate.wait()
        try:
            with found.writing() as session:
                fill_ahead(session, TEST_TODAY)
        except Exception as error:
            faults.append(error)
        found.engine.dispose()

    threads = [Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    return set(_rows(app, days))


def _rows(app: Flask, days: list[date] | None) -> list[tuple[date, int, int, str]]:
    with database_of(app).reading() as session:
        rows = session.exec(select(Placement).order_by(col(Placement.day))).all()
        return [
            (row.day, row.stall_id, row.vendor_id, row.source)
            for row in rows
            if days is None or row.day in days
        ]


def test_a_holder_who_is_away_is_not_put(demo_app: Flask):
    from market.days.models import Absence

    _forget_filling(demo_app)
    with changing(demo_app) as session:
        row = session.exec(select(StallHolding).where(StallHolding.basis == "contract")).first()
        assert row is not None
        vendor_id = row.vendor_id
        session.add(Absence(vendor_id=vendor_id, first_day=TEST_TODAY, last_day=date(2027, 6, 1)))
    with demo_app.app_context():
        keep_filled()
    assert vendor_id not in {row[2] for row in _rows(demo_app, None) if row[0] > TEST_TODAY}


def test_flask_fill_says_how_many(demo_app: Flask):
    _forget_filling(demo_app)
    runner = demo_app.test_cli_runner()
    first, second = runner.invoke(args=["fill"]), runner.invoke(args=["fill"])
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.output.split()[0].isdigit() and first.output != second.output
    assert second.output.startswith("0 ")
