"""What a list does to the market: zones, signs, holders, goods and events that are known again."""

import threading
from datetime import date, time
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import Session, col, select

from app.database import Database
from market.days.models import Placement
from market.places.models import Site, Stall, StallOnPlan, Zone
from market.programme.models import Event, Venue
from market.signs.codes import make_code
from market.signs.models import Sign
from tests.cli.lists import SITE, STALL, VENDOR, as_csv, as_xlsx, good, refused, run
from vendors.listings.models import Good
from vendors.registry.models import Vendor

OTHER = {"Kods": "rita", "Nosaukums": "Ritas maizes", "Pagasts": "Tume"}


def _stall(number: str, position: int, **cells: str) -> dict[str, str]:
    first = {"Vieta": number, "Kārta rindā": str(position), "No": "01.01.2026"}
    return STALL | {"Zonas kods": "G"} | first | cells


def _load(app: Flask, folder: Path, kind: str, *rows: dict[str, str]) -> str:
    return good(run(app, "import", kind, as_csv(folder / f"{kind}.csv", rows)))


def _refuse(app: Flask, folder: Path, kind: str, *rows: dict[str, str]) -> str:
    return refused(run(app, "import", kind, as_csv(folder / f"{kind}.csv", rows)))


@pytest.fixture
def app(empty_app: Flask, tmp_path: Path) -> Flask:
    """A market with two vendors and the stalls A1 and A2."""
    _load(empty_app, tmp_path, "vendors", VENDOR, OTHER)
    _load(empty_app, tmp_path, "stalls", SITE | _stall("A1", 1), _stall("A2", 2))
    return empty_app


# Stalls.


def test_sites_zones_and_signs_come_with_the_stalls(
    empty_app: Flask, empty_market: Database, tmp_path: Path
) -> None:
    rows = [SITE | _stall("A1", 1), _stall("A2", 2)]
    output = _load(empty_app, tmp_path, "stalls", *rows)
    assert "A new site: Tirgus." in output
    assert "A new zone: Galdi." in output
    assert "2 new signs." in output
    with empty_market.reading() as session:
        assert session.exec(select(Site.slug)).all() == ["tirgus"]
        assert session.exec(select(Zone.code)).all() == ["G"]
        assert len(session.exec(select(Sign)).all()) == 2


def test_a_later_line_may_not_contradict_the_first_about_a_zone(
    empty_app: Flask, tmp_path: Path
) -> None:
    rows = [SITE | _stall("A1", 1), _stall("A2", 2) | {"Zona (lv)": "Kioski"}]
    output = _refuse(empty_app, tmp_path, "stalls", *rows)
    assert "Line 3, column “Zona (lv)”: “Kioski”. Line 2 says something else" in output


def test_stalls_change_places_in_one_list(
    app: Flask, empty_market: Database, tmp_path: Path
) -> None:
    output = _load(app, tmp_path, "stalls", _stall("A1", 2), _stall("A2", 1))
    assert "Written. New: 0. Changed: 2. Unchanged: 0." in output
    assert "new sign" not in output
    with empty_market.reading() as session:
        plan = select(Stall.number, StallOnPlan.position).join(StallOnPlan)
        assert set(session.exec(plan)) == {("A1", 2), ("A2", 1)}


def test_two_stalls_never_stand_in_one_place(app: Flask, tmp_path: Path) -> None:
    output = _refuse(app, tmp_path, "stalls", _stall("A3", 2))
    assert "column “Kārta rindā”: “2”. At this time stall A2 stands in this place" in output


def test_periods_of_a_stall_do_not_overlap(
    app: Flask, empty_market: Database, tmp_path: Path
) -> None:
    moved = _stall("A1", 9) | {"No": "01.04.2027"}
    output = _refuse(app, tmp_path, "stalls", moved)
    assert "The plan has this stall already from 01.01.2026 to …" in output
    ended = _stall("A1", 1) | {"Līdz": "31.03.2027"}
    assert "New: 1. Changed: 1." in _load(app, tmp_path, "stalls", moved, ended)
    with empty_market.reading() as session:
        periods = session.exec(
            select(StallOnPlan.valid_from, StallOnPlan.valid_to)
            .where(StallOnPlan.stall_id == 1)
            .order_by(col(StallOnPlan.valid_from))
        ).all()
    assert periods == [(date(2026, 1, 1), date(2027, 3, 31)), (date(2027, 4, 1), None)]


def test_a_code_is_on_one_sign_only_and_never_changed_by_a_list(
    app: Flask, empty_market: Database, tmp_path: Path
) -> None:
    with empty_market.reading() as session:
        codes = dict(session.exec(select(Stall.number, Sign.code).join(Sign)).all())
    output = _refuse(app, tmp_path, "stalls", _stall("A3", 3) | {"Zīmes kods": codes["A1"]})
    assert "This code is or was on the sign of stall A1." in output
    output = _refuse(app, tmp_path, "stalls", _stall("A2", 2) | {"Zīmes kods": make_code()})
    assert f"The sign of this stall has the code {codes['A2']}." in output
    printed = make_code()
    assert printed not in codes.values()
    _load(app, tmp_path, "stalls", _stall("A3", 3) | {"Zīmes kods": printed.lower()})
    with empty_market.reading() as session:
        query = select(Sign.code).join(Stall).where(Stall.number == "A3")
        assert session.exec(query).all() == [printed]


# Placements.

SAT = {"Diena": "28.11.2026", "Vieta": "A1"}


def test_vendors_are_placed_by_code_or_by_name(
    app: Flask, empty_market: Database, tmp_path: Path
) -> None:
    rows = [SAT | {"Tirgotājs": "rita"}, SAT | {"Vieta": "a2", "Tirgotājs": "Vēju kalni"}]
    assert "New: 2." in _load(app, tmp_path, "placements", *rows)
    with empty_market.reading() as session:
        query = select(Stall.number, Vendor.slug, Placement.source).select_from(Placement)
        found = session.exec(query.join(Stall).join(Vendor)).all()
    assert set(found) == {("A1", "rita", "import"), ("A2", "veju-kalni", "import")}


def test_a_stall_that_is_taken_is_named_with_its_holder(app: Flask, tmp_path: Path) -> None:
    _load(app, tmp_path, "placements", SAT | {"Tirgotājs": "rita"})
    output = _refuse(app, tmp_path, "placements", SAT | {"Tirgotājs": "veju-kalni"})
    assert (
        "Line 2, column “Vieta”: “A1”. On 28.11.2026 this stall has a holder: Ritas maizes."
        in output
    )


def test_a_stall_given_twice_in_one_list_is_named_with_the_first_line(
    app: Flask, tmp_path: Path
) -> None:
    rows = [SAT | {"Tirgotājs": "rita"}, SAT | {"Tirgotājs": "veju-kalni"}]
    output = _refuse(app, tmp_path, "placements", *rows)
    assert "Line 3, column “Vieta”: “A1”. On 28.11.2026 line 2 gives this stall to Ritas" in output


def test_whoever_is_second_at_the_same_moment_reads_who_was_first(
    app: Flask, empty_market: Database, tmp_path: Path
) -> None:
    file = as_csv(tmp_path / "p.csv", [SAT | {"Tirgotājs": "veju-kalni"}])
    answers = []
    second = threading.Thread(
        target=lambda: answers.append(refused(run(app, "import", "placements", file)))
    )
    with empty_market.writing() as first:
        stall_id = first.exec(select(Stall.id).where(Stall.number == "A1")).one()
        rita = first.exec(select(Vendor.id).where(Vendor.slug == "rita")).one()
        day = date(2026, 11, 28)
        first.add(Placement(day=day, stall_id=stall_id or 0, vendor_id=rita or 0))
        first.flush()
        second.start()
        second.join(timeout=1)
        assert second.is_alive()
        first.commit()
    second.join(timeout=20)
    assert "this stall has a holder: Ritas maizes." in answers[0]


# Goods.

HONEY = {"Tirgotājs": "veju-kalni", "Nosaukums": "Medus", "Kategorija": "honey"}


def test_packages_prices_and_months_are_read_as_people_write_them(
    app: Flask, empty_market: Database, tmp_path: Path
) -> None:
    _load(
        app,
        tmp_path,
        "goods",
        HONEY | {"Cena": "14,50 €", "Cena par": "0,5 kg", "Mēneši": "jūl.–sept., 12"},
        HONEY | {"Cena": "4", "Cena par": "1 burka", "Neto saturs": "450 g", "Mēneši": ""},
        HONEY | {"Nosaukums": "Zemenes", "Kategorija": "", "Preču veids": "strawberries"},
    )
    with empty_market.reading() as session:
        goods = session.exec(select(Good).order_by(col(Good.id))).all()
    fields = ("category", "price_cents", "amount", "unit", "net_amount", "net_unit", "months")
    assert [tuple(getattr(good_, name) for name in fields) for good_ in goods] == [
        ("honey", 1450, 500, "g", None, None, 0b100111000000),
        ("honey", 400, 1, "jar", 450, "g", 4095),
        ("berries", None, 1, "piece", None, None, 0b000001100000),
    ]
    assert {good_.confirmed_on for good_ in goods} == {date(2026, 11, 24)}


def test_a_good_is_known_again_by_vendor_name_and_package(
    app: Flask, empty_market: Database, tmp_path: Path
) -> None:
    _load(app, tmp_path, "goods", HONEY | {"Cena": "4", "Cena par": "500 g"})
    output = _load(app, tmp_path, "goods", HONEY | {"Cena": "5", "Cena par": "0,5 kg"})
    assert "New: 0. Changed: 1." in output
    assert "New: 1." in _load(app, tmp_path, "goods", HONEY | {"Cena": "9", "Cena par": "1 kg"})


def test_what_a_list_has_no_column_for_stays_as_it_is(
    app: Flask, empty_market: Database, tmp_path: Path
) -> None:
    _load(app, tmp_path, "vendors", VENDOR | {"Tālrunis": "26 123 456", "Tirgojas kopš": "1994"})
    _load(app, tmp_path, "vendors", VENDOR | {"Tirgojas kopš": ""})
    with empty_market.reading() as session:
        vendor = session.exec(select(Vendor).where(Vendor.slug == "veju-kalni")).one()
    assert (vendor.phone, vendor.since) == ("+37126123456", None)


def test_a_workbook_brings_vendors_with_their_goods_and_stories(
    empty_app: Flask, empty_market: Database, tmp_path: Path
) -> None:
    file = as_xlsx(
        tmp_path / "v.xlsx",
        piezimes=[["Šo lapu neviens nelasa"]],
        tirgotaji=[["Nosaukums", "Pagasts"], ["Vēju kalni", "Engure"]],
        preces=[["Tirgotājs", "Nosaukums", "Preču veids"], ["veju-kalni", "Bute", "smoked_fish"]],
        stasti=[["Tirgotājs", "Valoda", "Īsais stāsts"], ["veju-kalni", "lv", "Mēs kūpinām."]],
    )
    assert "New: 3." in good(run(empty_app, "import", "vendors", file))
    wrong = as_xlsx(
        tmp_path / "w.xlsx",
        tirgotaji=[["Nosaukums", "Pagasts"], ["Cits", "Engure"]],
        preces=[["Tirgotājs", "Nosaukums", "Kategorija"], ["nav", "Bute", "fish"]],
    )
    output = refused(run(empty_app, "import", "vendors", wrong))
    assert "Sheet “preces”, line 2, column “Tirgotājs”: “nav”. No vendor has" in output
    with empty_market.reading() as session:
        assert session.exec(select(Vendor.slug)).all() == ["veju-kalni"]


# Events.

CONCERT = {"Nosaukums": "Koncerts", "Pirmā diena": "05.12.2026", "Norises vieta": "Durbes pils"}


def _event(session: Session) -> Event:
    return session.exec(select(Event)).one()


def test_an_event_is_known_again_and_its_sequence_grows_with_a_change(
    app: Flask, empty_market: Database, tmp_path: Path
) -> None:
    assert "A new venue: Durbes pils." in _load(app, tmp_path, "events", CONCERT)
    with empty_market.reading() as session:
        before = _event(session)
    assert "already" in _load(app, tmp_path, "events", CONCERT)
    later = CONCERT | {"Sākums": "18.00", "Identifikators": before.uid, "Norises vieta": "Estrāde"}
    assert "Changed: 1." in _load(app, tmp_path, "events", later)
    with empty_market.reading() as session:
        after = _event(session)
        venue = session.get(Venue, after.venue_id)
    assert (before.sequence, after.sequence) == (0, 1)
    assert (before.hour, after.hour, after.starts) == ("to_be_announced", "exact", time(18))
    assert venue is not None and venue.name == {"lv": "Estrāde"}


def test_venues_are_known_by_name_whatever_their_quotation_marks(
    app: Flask, empty_market: Database, tmp_path: Path
) -> None:
    _load(app, tmp_path, "events", CONCERT | {"Norises vieta": "„Ozolāju“ estrāde"})
    output = _load(
        app,
        tmp_path,
        "events",
        CONCERT | {"Nosaukums": "Balle", "Norises vieta": '"ozolāju" Estrāde'},
    )
    assert "A new venue" not in output
    with empty_market.reading() as session:
        assert session.exec(select(Venue.name)).all() == [{"lv": "„Ozolāju“ estrāde"}]


def test_a_word_for_the_hour_takes_the_place_of_a_start(
    app: Flask, empty_market: Database, tmp_path: Path
) -> None:
    _load(app, tmp_path, "events", CONCERT | {"Sākums": "18.00", "Laiks vārdos": ""})
    _load(app, tmp_path, "events", CONCERT | {"Sākums": "", "Laiks vārdos": "evening"})
    with empty_market.reading() as session:
        event = _event(session)
    assert (event.hour, event.starts) == ("evening", None)
    both = CONCERT | {"Sākums": "18.00", "Laiks vārdos": "evening"}
    assert "Please give either a time of beginning or the time in words" in _refuse(
        app, tmp_path, "events", both
    )


def test_an_event_may_last_past_midnight(
    app: Flask, empty_market: Database, tmp_path: Path
) -> None:
    ball = CONCERT | {"Sākums": "22.00", "Pēdējā diena": "06.12.2026", "Beigas": "2.00"}
    _load(app, tmp_path, "events", ball)
    with empty_market.reading() as session:
        event = _event(session)
    assert (event.last_day, event.ends) == (date(2026, 12, 6), time(2))
