"""Rows prepared ahead: the page of the days on which the plan changes."""

from datetime import date

from sqlmodel import col, select

from market.days.models import Placement, StallHolding
from market.places.models import Amenity, Site, Stall, StallOnPlan
from tests.asking import changing
from tests.office.test_plan import nobody_stands, on_plan, wrong_periods

PAGE = "/lv/parvalde/plans/laiki"
TODAY, MAY, SEPTEMBER = date(2026, 11, 24), date(2027, 5, 1), date(2027, 9, 30)
ROW = [f"S{one}" for one in range(1, 9)]


def days_of(page):
    return [one.text for one in page.main.all("li", of_class="card")]


def prepared(organiser, **typed):
    ordinary = {"row": ["S/S"], "first_day": str(MAY), "last_day": str(SEPTEMBER)}
    return organiser.submit(organiser.get(PAGE), "Saglabāt", **{**ordinary, **typed})


def test_a_row_is_prepared_ahead_and_undone(demo_app, organiser, tmp_path):
    nobody_stands(demo_app, *ROW)
    before = on_plan(demo_app, "tirgus", MAY)
    page = prepared(organiser)
    assert not set(ROW) & set(on_plan(demo_app, "tirgus", TODAY))
    assert not set(ROW) & set(on_plan(demo_app, "tirgus", date(2027, 4, 30)))
    assert on_plan(demo_app, "tirgus", MAY) == before
    assert set(ROW) <= set(on_plan(demo_app, "tirgus", SEPTEMBER))
    assert not set(ROW) & set(on_plan(demo_app, "tirgus", date(2027, 10, 1)))
    assert set(ROW) <= set(on_plan(demo_app, "tirgus", date(2026, 11, 23)))
    assert wrong_periods(demo_app, tmp_path) == []
    today, may, october, first = days_of(page)
    assert "24. novembris" in today and "Rinda noņemta" in today and "S1–S8" in today
    assert "1. maijs" in may and "Jauna rinda" in may and "S1–S8" in may
    assert "1. oktobris" in october and "Rinda noņemta" in october
    assert "1. janvāris" in first and "P1–P8" in first
    assert page.html.count('class="plan"') == 4
    undone = organiser.submit(page, "Atcelt")
    assert undone.address.startswith(f"{PAGE}?laukums=tirgus")
    assert len(days_of(undone)) == 1
    assert on_plan(demo_app, "tirgus", TODAY).keys() >= set(ROW)
    assert on_plan(demo_app, "tirgus", date(2028, 1, 1)) == before


def test_every_day_leads_to_the_plan_of_that_day(demo_app, organiser):
    nobody_stands(demo_app, *ROW)
    page = prepared(organiser)
    leads = [one["href"] for one in page.main.all("a") if "Plāns no šīs dienas" in one.name]
    assert leads[1] == f"/lv/parvalde/plans?laukums=tirgus&no={MAY}"
    assert organiser.get(leads[1]).html.count("data-stall=") == 60
    new = [one["href"] for one in page.main.all("a") if "Jauna rinda no šīs dienas" in one.name]
    form = organiser.get(new[1])
    assert str(MAY) in [one["value"] for one in form.main.all("input", name="no")]


def test_a_row_on_which_somebody_counts_stays_and_says_who(demo_app, organiser):
    nobody_stands(demo_app, *ROW)
    with changing(demo_app) as session:
        stall = session.exec(select(Stall).where(Stall.number == "S2")).one()
        other = session.exec(select(Placement).where(Placement.day > TODAY).limit(1)).one()
        day = date(2026, 12, 1)
        for taken in session.exec(
            select(Placement).where(Placement.day == day, Placement.vendor_id == other.vendor_id)
        ):
            session.delete(taken)
        session.flush()
        vendor_id = other.vendor_id
        session.add(Placement(vendor_id=vendor_id, stall_id=stall.id, day=day))
    before = on_plan(demo_app, "tirgus", TODAY)
    form = organiser.get(PAGE)
    said = organiser.submit(form, "Saglabāt", 422, row=["S/S"], first_day=str(MAY), last_day="")
    assert "Kāds rēķinās ar šo rindu" in said.text
    assert "stāv šeit 1.12." in said.text
    assert on_plan(demo_app, "tirgus", TODAY) == before
    # On days on which the row stands nobody is in the way.
    prepared(organiser, first_day=str(TODAY), last_day="2026-12-01")
    assert "S2" in on_plan(demo_app, "tirgus", day)
    assert "S2" not in on_plan(demo_app, "tirgus", date(2026, 12, 2))


def test_a_right_to_a_stall_counts_too(demo_app, organiser):
    nobody_stands(demo_app, *ROW)
    with changing(demo_app) as session:
        stall = session.exec(select(Stall).where(Stall.number == "S3")).one()
        right = session.exec(select(StallHolding).limit(1)).one()
        values = right.model_dump(exclude={"id", "version"})
        session.add(StallHolding(**{**values, "stall_id": stall.id, "last_day": None}))
    said = organiser.submit(
        organiser.get(PAGE), "Saglabāt", 422, row=["S/S"], first_day=str(TODAY),
        last_day=str(SEPTEMBER),
    )  # fmt: skip
    assert "tiesības uz vietu no 1.10." in said.text


def test_what_does_not_fit_is_said_beside_the_field(demo_app, organiser):
    before = on_plan(demo_app, "tirgus", MAY)
    for wrong in (
        {"first_day": "2026-11-23"},
        {"first_day": "soon"},
        {"last_day": "2027-04-30"},
        {"row": "Z/9"},
        {"row": ""},
    ):
        typed = {"row": "S/S", "first_day": str(MAY), "last_day": "", "laukums": "tirgus"}
        answer = organiser.send(PAGE, {**typed, **wrong}, 422)
        assert 'class="error"' in answer.get_data(as_text=True)
    assert on_plan(demo_app, "tirgus", MAY) == before


def test_nobody_overwrites_a_plan_that_was_not_seen(demo_app, organiser, person_of_office):
    nobody_stands(demo_app, *ROW)
    page = organiser.get(PAGE)
    other = person_of_office("head")
    prepared(other)
    organiser.submit(page, "Saglabāt", 409, row=["S/S"], first_day=str(TODAY), last_day=str(MAY))
    assert not set(ROW) & set(on_plan(demo_app, "tirgus", TODAY))


def test_a_gate_that_opens_and_equipment_that_comes_are_told(demo_app, organiser):
    with changing(demo_app) as session:
        site = session.exec(select(Site).where(Site.slug == "tirgus")).one()
        name = {"lv": "Pils ielas vārti"}
        session.add(
            Amenity(site_id=site.id, kind="entrance", name=name, points=[[1, 1]], valid_from=MAY)
        )
        spot = session.exec(
            select(StallOnPlan)
            .join(Stall, col(Stall.id) == StallOnPlan.stall_id)
            .where(Stall.number == "A1")
        ).one()
        session.add(
            StallOnPlan(
                **spot.model_dump(exclude={"id", "version", "valid_from", "power_kw"}),
                power_kw=3.0,
                valid_from=MAY,
            )
        )
        spot.valid_to = date(2027, 4, 30)
        session.add(spot)
    may, _first = days_of(organiser.get(PAGE))
    assert "Ieeja (Pils ielas vārti)" in may
    assert "rinda A (A1): jauda, kW" in may


def test_a_reader_looks_and_has_no_form(demo_app, person_of_office):
    reader = person_of_office("reader")
    page = reader.get(PAGE + "?laukums=brivibas-laukums")
    assert "Saglabāt" not in page.text and "R1–R20" in page.text


def test_undoing_leads_back_to_the_page_as_it_was_asked(demo_app, organiser):
    nobody_stands(demo_app, *ROW)
    page = prepared(organiser)
    form = next(one for one in page.root.all("form") if "atsaukt" in one["action"])
    [where] = [one["value"] for one in form.all("input", name="where")]
    assert where == f"{PAGE}?laukums=tirgus"


def test_undoing_leads_nobody_elsewhere(demo_app, organiser):
    for where in (
        "https://example.com/lv/parvalde",
        "//example.com/lv/parvalde",
        "/lv/parvalde//example.com",
        "/lv/parvalde\\example.com",
        "/lv/parvalde/plans?q=" + "x" * 500,
        "/lv/parvalde/plans?laukums=tirgus&sent=abc",
    ):
        nobody_stands(demo_app, *ROW)
        page = prepared(organiser)
        batch = page.address.split("sent=")[1]
        answer = organiser.send("/lv/parvalde/atsaukt", {"batch": batch, "where": where})
        assert answer.location.startswith("/lv/parvalde")
        assert "example" not in answer.location and len(answer.location) < 500
        assert answer.location.count("sent=") == 1
