"""The stalls of a day: the list and the plan hold the same, and the way is said in words."""

import json
import re
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlmodel import col, select

from market.places.models import RowMove, Site, Stall, StallOnPlan, Zone
from tests.asking import changing, database_of, holders_on, vendors_of
from tests.careful_client import CarefulClient, Page

TUESDAY, SATURDAY = date(2026, 11, 24), date(2027, 7, 17)
SITES = ("tirgus", "brivibas-laukums")


def asked(page: str, language: str = "lv", **what: object) -> str:
    """The address of the list or the plan."""
    return f"/{language}/{page}?{urlencode(what)}"


def listed(page: Page) -> dict[str, str]:
    """The lines of the list by the stall's number."""
    return {
        row["id"]: row.text
        for rows in page.main.all("ul", of_class="rows")
        for row in rows.all("li")
    }


def handed_over(page: Page) -> list[list[Any]]:
    """What the page of the plan hands to its script about each stall."""
    found = re.search(r"showStalls\(\w+, (\[.*\]), \"", page.html)
    assert found is not None
    stalls: list[list[Any]] = json.loads(found[1])
    return stalls


def drawn(page: Page) -> dict[str, str]:
    """The stalls on the plan: the title of each by its number."""
    return {stall[0]: stall[2] for stall in handed_over(page)}


def looks(page: Page) -> dict[str, str]:
    """How each stall on the plan looks: "taken", "free", "absent", "dim", "chosen"."""
    return {stall[0]: stall[1] for stall in handed_over(page)}


def stalls_of(visitor: CarefulClient, site: str) -> set[str]:
    """The numbers of a site's stalls."""
    with database_of(visitor.app).reading() as session:
        return set(
            session.exec(
                select(Stall.number)
                .join(StallOnPlan, col(StallOnPlan.stall_id) == Stall.id)
                .join(Zone, col(Zone.id) == StallOnPlan.zone_id)
                .join(Site, col(Site.id) == Zone.site_id)
                .where(Site.slug == site)
            )
        )


@pytest.mark.parametrize("day", [TUESDAY, SATURDAY])
@pytest.mark.parametrize("site", SITES)
def test_the_list_and_the_plan_hold_the_same_stalls_and_vendors(visitor, site: str, day: date):
    holders = holders_on(visitor.app, day)
    for language, free in (("lv", "brīv"), ("en", "free")):
        rows = listed(visitor.get(asked("karte", language, laukums=site, diena=day)))
        plan = drawn(visitor.get(asked("karte/plans", language, laukums=site, diena=day)))
        assert rows.keys() == plan.keys() == stalls_of(visitor, site)
        for number, text in rows.items():
            if number in holders:
                assert holders[number].name in text
                assert plan[number] == f"{number}: {holders[number].name}"
            else:
                assert free in text
                assert free in plan[number]


def test_a_market_of_sixty_and_a_festival_of_forty(visitor: CarefulClient):
    assert len(stalls_of(visitor, "tirgus")) == 60
    assert len(stalls_of(visitor, "brivibas-laukums")) == 40


def test_goods_filter_the_list_and_dim_the_plan(visitor: CarefulClient):
    every = listed(visitor.get(asked("karte", diena=TUESDAY)))
    page = visitor.get(asked("karte", diena=TUESDAY, kategorija="vegetables"))
    some = listed(page)
    assert 0 < len(some) < len(every)
    assert all("Dārzeņi" in text for text in some.values())
    assert all("Dārzeņi" not in every[number] for number in every.keys() - some.keys())
    frame = page.main.first("iframe")["src"]
    assert "kategorija=vegetables" in frame
    plan = looks(visitor.get(frame))
    absent = {number for number, text in some.items() if "šodien nav" in text}
    assert {number for number, look in plan.items() if look == "taken"} == some.keys() - absent
    assert plan.keys() == every.keys()


def test_a_stall_on_the_list_is_found_on_the_plan_and_back(visitor: CarefulClient):
    page = visitor.get(asked("karte", diena=TUESDAY))
    row = page.main.first("li", id="A1")
    plan = visitor.get(row.all("a")[0]["href"])
    assert looks(plan)["A1"] == "chosen"
    assert [number for number, look in looks(plan).items() if look == "chosen"] == ["A1"]
    leads_to = re.search(r'\], ("/lv/karte\?[^"]*vieta=")\);', plan.html)
    assert leads_to
    address = f"{json.loads(leads_to[1])}A1#A1"
    assert "chosen" in visitor.get(address).main.first("li", id="A1")["class"]


@pytest.mark.parametrize("site", SITES)
def test_the_way_is_said_in_words_for_every_stall(visitor: CarefulClient, site: str):
    for text in listed(visitor.get(asked("karte", laukums=site, diena=SATURDAY))).values():
        assert re.search(r"apmēram \d+ m, \w+ rinda, \d+\. vieta no \d+\.", text), text
    for text in listed(visitor.get(asked("karte", "en", laukums=site, diena=SATURDAY))).values():
        assert re.search(r"about \d+ m, row \w+, stall \d+ of \d+\.", text), text


def test_entrances_toilets_water_and_the_step_free_way_are_named(visitor: CarefulClient):
    page = visitor.get(asked("karte", diena=TUESDAY))
    for word in ("Raiņa ielas vārti", "Tidaholmas ielas vārti", "Tualete", "Dzeramais ūdens"):
        assert word in page.text
    assert "bez pakāpieniem" in page.text
    english = visitor.get(asked("karte", "en", diena=TUESDAY)).text
    for word in ("Raiņa iela gate", "Toilet", "Drinking water", "step-free"):
        assert word in english


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-24", "8.00–14.00"),
        ("2026-11-25", "slēgts"),
        ("2026-11-03", "Vētras dēļ"),
        ("2026-12-01", "Auto rinda šodien stāv stāvlaukumā"),
        ("2027-07-17", "8.00–14.00"),
    ],
)
def test_the_day_is_said(visitor: CarefulClient, day: str, said: str):
    assert said in visitor.get(asked("karte", diena=day)).text


@pytest.mark.parametrize("typed", ["", "rit", "2026-13-45", "0001-01-01", "9999-12-31", "24.11."])
def test_a_day_that_is_none_is_today_and_far_days_do_not_break(visitor, typed: str):
    visitor.get(asked("karte", diena=typed))
    visitor.get(asked("karte/plans", diena=typed))


def test_an_unknown_site_is_the_market(visitor: CarefulClient):
    assert listed(visitor.get(asked("karte", laukums="riga"))).keys() == stalls_of(
        visitor, "tirgus"
    )


def test_the_plan_changes_with_its_periods(client: CarefulClient):
    """A stall that is taken down on a day is neither on the list nor on the plan after it."""
    with changing(client.app) as session:
        spot = session.exec(
            select(StallOnPlan)
            .join(Stall, col(Stall.id) == StallOnPlan.stall_id)
            .where(Stall.number == "B14")
        ).one()
        spot.valid_to = TUESDAY
    for day, there in (("2026-11-24", True), ("2026-11-25", False)):
        assert ("B14" in listed(client.get(asked("karte", diena=day)))) is there
        assert ("B14" in drawn(client.get(asked("karte/plans", diena=day)))) is there


def test_a_row_that_moves_is_announced_on_the_list(client: CarefulClient):
    with changing(client.app) as session:
        zone = session.exec(select(Zone).where(Zone.code == "G")).one()
        session.add(
            RowMove(
                zone_id=zone.id, row="A", first_day=TUESDAY, last_day=TUESDAY,
                words={"lv": "A rinda ir pie skatuves.", "en": "Row A is by the stage."},
            )
        )  # fmt: skip
    assert "A rinda ir pie skatuves." in client.get("/lv/karte").text
    assert "Row A is by the stage." in client.get("/en/karte").text
    assert "Row A is by the stage." not in client.get("/en/karte?diena=2026-11-25").text


def test_the_plan_is_sandboxed_and_loads_only_our_files(visitor: CarefulClient):
    page = visitor.get("/lv/karte")
    frame = page.main.first("iframe")
    assert "allow-same-origin" not in frame["sandbox"]
    plan = visitor.get(frame["src"])
    assert plan.policy["frame-ancestors"] == ["'self'"]
    loaded = [one["src"] or one["href"] for one in plan.root.all("script", "link")]
    assert {address.split("?")[0] for address in loaded if address} == {
        "/static/leaflet/leaflet.js", "/static/leaflet/leaflet.css",
        "/static/plan/plan.js", "/static/plan/plan.css",
    }  # fmt: skip
    assert re.findall(r"(?:https?:)?//\w[^\s\"']*", plan.html) == []


def test_every_vendor_on_the_list_is_one_tap_away(visitor: CarefulClient):
    page = visitor.get(asked("karte", diena=SATURDAY))
    known = {f"/lv/tirgotaji/{vendor.slug}" for vendor in vendors_of(visitor.app)}
    links = {one["href"] for one in page.main.all("a") if "/tirgotaji/" in one["href"]}
    assert links <= known
    assert len(links) > 15
