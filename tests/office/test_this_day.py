"""The market day on a helper's phone: arrivals, released places, who waits, guests, visitors."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlmodel import Session, col, delete, select

import app.pages.organiser.counting as counting
from app.database import Database
from app.records import Change
from market.days.models import MarketSetting, Placement, Presence, Waiting, ZoneCount
from market.places.models import Stall
from market.signs.models import Sign
from tests.careful_client import CarefulClient, Page
from vendors.fields import identity
from vendors.registry.models import Vendor

DAY = "/lv/parvalde/sodien"
TODAY = date(2026, 11, 24)
WISH = {"Accept": "application/json"}
SEASON, OTHER, GUEST = "siltrasas", "rasas-stunda", "klegas"


@pytest.fixture
def helper(person_of_office: Callable[..., CarefulClient]) -> CarefulClient:
    """A helper on the market day."""
    return person_of_office("helper")


@pytest.fixture
def quiet(demo_app: Flask) -> Iterator[Flask]:
    """A morning on which nobody has said anything and nobody waits."""
    with writing(demo_app) as session:
        session.exec(delete(Presence))
        session.exec(delete(Waiting))
        session.commit()
    yield demo_app


def writing(app: Flask) -> Any:
    market: Database = app.extensions["database"]
    return market.writing()


def reading(app: Flask) -> Session:
    market: Database = app.extensions["database"]
    return market.reading()


def vendor(session: Session, slug: str) -> Vendor:
    return session.exec(select(Vendor).where(Vendor.slug == slug)).one()


def presence(app: Flask, slug: str) -> tuple[str, bool] | None:
    with reading(app) as session:
        row = session.exec(
            select(Presence).where(
                Presence.vendor_id == vendor(session, slug).id, Presence.day == TODAY
            )
        ).first()
        return (row.state, row.no_show) if row else None


def stalls(app: Flask, slug: str) -> list[str]:
    with reading(app) as session:
        return sorted(
            session.exec(
                select(Stall.number)
                .join(Placement, col(Placement.stall_id) == Stall.id)
                .where(Placement.vendor_id == vendor(session, slug).id, Placement.day == TODAY)
            ).all()
        )


def code_of(app: Flask, number: str) -> str:
    with reading(app) as session:
        return session.exec(
            select(Sign.code)
            .join(Stall, col(Stall.id) == Sign.stall_id)
            .where(Stall.number == number)
        ).one()


def waits(app: Flask, *slugs: str) -> None:
    with writing(app) as session:
        for minute, slug in enumerate(slugs):
            since = datetime(2026, 11, 24, 4, minute, tzinfo=UTC)
            row = Waiting(vendor_id=identity(vendor(session, slug)), day=TODAY, since=since)
            session.add(row)
        session.commit()


def waiting(app: Flask) -> set[str]:
    with reading(app) as session:
        return set(
            session.exec(
                select(Vendor.slug).join(Waiting, col(Waiting.vendor_id) == Vendor.id)
            ).all()
        )


def tap(slug: str, state: str, was: str = "expected", **more: str) -> dict[str, str]:
    return {"vendor": slug, "state": state, "was": was, "diena": str(TODAY), **more}


# Who has come.


def test_an_arrival_is_one_tap_and_seen_by_the_vendor_and_by_visitors(
    quiet: Flask, helper: CarefulClient, client: CarefulClient
) -> None:
    page = helper.get(DAY)
    assert "Ieradušies 0 no 20" in page.text
    page = helper.submit(page, "Dārzniecība „Siltrasas“: Ieradās")
    assert "Ieradušies 1 no 20" in page.text
    assert presence(quiet, SEASON) == ("present", False)
    own = client.come_in(SEASON).get("/lv/mans/")
    pressed = [one for one in own.root.all("button") if one["aria-pressed"] == "true"]
    assert "Esmu klāt" in [one.name for one in pressed]


def test_a_no_show_is_noted_by_the_office_and_the_sign_says_so(
    quiet: Flask, helper: CarefulClient, client: CarefulClient
) -> None:
    code = code_of(quiet, "A1")
    assert "A1 Šodien nav" not in client.get(f"/S/{code}").text
    helper.send(f"{DAY}/ieradies", tap(SEASON, "absent"))
    assert presence(quiet, SEASON) == ("absent", True)
    assert "A1 Šodien nav" in client.get(f"/S/{code}").text
    assert "neieradās" in helper.get(DAY).text


def test_who_comes_after_all_or_says_so_is_no_no_show(
    quiet: Flask, helper: CarefulClient, client: CarefulClient
) -> None:
    for slug in (SEASON, OTHER):
        helper.send(f"{DAY}/ieradies", tap(slug, "absent"))
    helper.send(f"{DAY}/ieradies", tap(SEASON, "present", "absent"))
    assert presence(quiet, SEASON) == ("present", False)
    client.come_in(OTHER).submit(client.get("/lv/mans/"), "Kavējos")
    assert presence(quiet, OTHER) == ("late", False)


def test_who_had_said_so_is_no_no_show(
    quiet: Flask, helper: CarefulClient, client: CarefulClient
) -> None:
    client.come_in(SEASON).submit(client.get("/lv/mans/"), "Šodien nebūšu")
    helper.send(f"{DAY}/ieradies", tap(SEASON, "absent"), 200, headers=WISH)
    assert presence(quiet, SEASON) == ("absent", False)


def test_what_somebody_else_said_meanwhile_is_shown_beside(
    quiet: Flask, helper: CarefulClient, client: CarefulClient
) -> None:
    client.come_in(SEASON).submit(client.get("/lv/mans/"), "Kavējos")
    late = helper.send(f"{DAY}/ieradies", tap(SEASON, "absent"), 409, headers=WISH).json
    assert (late["reason"], late["now"]) == ("changed", "late")
    assert presence(quiet, SEASON) == ("late", False)
    shown = helper.send(f"{DAY}/ieradies", tap(SEASON, "absent"), 409).text
    assert "Tagad tur ir: kavējas" in shown
    helper.send(f"{DAY}/ieradies", tap(SEASON, "absent", late["now"]))
    assert presence(quiet, SEASON) == ("absent", True)


def test_a_tap_that_is_sent_again_does_nothing_twice(quiet: Flask, helper: CarefulClient) -> None:
    form = tap(SEASON, "present", idempotency_key=uuid4().hex)
    for _again in range(3):
        helper.send(f"{DAY}/ieradies", form, 200, headers=WISH)
    with reading(quiet) as session:
        assert len(session.exec(select(Change)).all()) == 1


def test_a_helper_undoes_the_last_tap(quiet: Flask, helper: CarefulClient) -> None:
    page = helper.submit(helper.get(DAY), "Dārzniecība „Siltrasas“: Ieradās")
    helper.submit(page, "Atcelt")
    assert presence(quiet, SEASON) is None


def test_only_those_who_are_not_here_yet(quiet: Flask, helper: CarefulClient) -> None:
    helper.send(f"{DAY}/ieradies", tap(SEASON, "present"))
    page = helper.get(f"{DAY}?rada=nav")
    assert page.root.first("div", id="taps")["class"] == "only-missing"
    assert "Rādīt visus" in page.text


@pytest.mark.parametrize(
    ("form", "status"),
    [
        (tap(SEASON, "tomorrow"), 400),
        (tap("nobody", "present"), 404),
        ({**tap(SEASON, "present"), "diena": "yesterday"}, 400),
        ({**tap(SEASON, "present"), "diena": "2026-11-01"}, 422),
    ],
)
def test_strange_taps_are_refused(helper: CarefulClient, form: dict[str, str], status: int) -> None:
    helper.send(f"{DAY}/ieradies", form, status)


# A place is released and given to who waits.


def test_before_the_hour_the_button_says_from_when(quiet: Flask, helper: CarefulClient) -> None:
    quiet.config["NOW"] = datetime(2026, 11, 24, 8, 29)
    page = helper.get(DAY)
    assert "Atbrīvot vietu: no plkst. 8.30" in page.text
    form = {"vendor": SEASON, "was": "expected", "diena": str(TODAY)}
    answer = helper.send(f"{DAY}/atbrivot", form, 422, headers=WISH).json
    assert answer["title"] == "Vietas var atbrīvot no plkst. 8.30."
    assert stalls(quiet, SEASON) == ["A1", "A2"]
    with writing(quiet) as session:
        session.add(MarketSetting(name="release_hour", value="08:00"))
        session.commit()
    helper.send(f"{DAY}/atbrivot", form)
    assert (stalls(quiet, SEASON), presence(quiet, SEASON)) == ([], ("absent", True))


def test_a_no_shows_place_goes_to_who_waits_in_two_taps(
    quiet: Flask, helper: CarefulClient, client: CarefulClient
) -> None:
    waits(quiet, GUEST, "enkurkrasti")
    code = code_of(quiet, "A5")
    page = helper.submit(helper.get(DAY), "Atbrīvot vietu: Saimniecība „Cekulgaiļi“")
    assert "Vieta ir brīva" in page.text
    assert "Cekulgaiļi" not in client.get(f"/S/{code}").text.split(".")[0]
    askers = [one.text for one in page.root.first("ol", id="askers").all("button")]
    assert [words.split(".")[0] for words in askers] == ["1", "2"]
    assert "Enkurkrasti" in askers[0]
    helper.submit(page, "Enkurkrasti", stall="A5")
    assert stalls(quiet, "enkurkrasti") == ["A5"]
    assert presence(quiet, "enkurkrasti") == ("present", False)
    assert waiting(quiet) == {GUEST}
    assert "Enkurkrasti" in client.get(f"/S/{code}").text


def test_who_is_here_keeps_the_place(quiet: Flask, helper: CarefulClient) -> None:
    helper.send(f"{DAY}/ieradies", tap(SEASON, "present"))
    form = {"vendor": SEASON, "was": "present", "diena": str(TODAY)}
    assert helper.send(f"{DAY}/atbrivot", form, 422, headers=WISH).json["reason"] == "here"
    seen_before = {**form, "was": "expected"}
    late = helper.send(f"{DAY}/atbrivot", seen_before, 409, headers=WISH).json
    assert late["now"] == "present"
    assert stalls(quiet, SEASON) == ["A1", "A2"]


def test_releasing_is_undone_with_the_no_show(quiet: Flask, helper: CarefulClient) -> None:
    page = helper.submit(helper.get(DAY), "Atbrīvot vietu: Dārzniecība „Siltrasas“")
    helper.submit(page, "Atcelt")
    assert (stalls(quiet, SEASON), presence(quiet, SEASON)) == (["A1", "A2"], None)


def test_a_stall_taken_meanwhile_names_its_holder_and_offers_others(
    quiet: Flask, helper: CarefulClient
) -> None:
    waits(quiet, GUEST, "enkurkrasti")
    give = {"stall": "B1", "diena": str(TODAY)}
    helper.send(f"{DAY}/iedot", {**give, "vendor": "enkurkrasti"})
    late = helper.send(f"{DAY}/iedot", {**give, "vendor": GUEST}, 409, headers=WISH).json
    assert "Enkurkrasti" in late["theirs"]
    assert (late["field"], late["options"][0]) == ("stall", ["B2", "B2"])
    page = helper.submit(helper.get(DAY), "Klēgas", 409, stall="B1")
    assert "Enkurkrasti" in page.root.first("section").text
    helper.submit(page, "Ņemt šo")
    assert stalls(quiet, GUEST) == ["B2"]


def race(app: Flask, helpers: list[CarefulClient], forms: list[dict[str, str]], to: str) -> Any:
    start = Barrier(len(forms))

    def send(number: int) -> int:
        start.wait()
        form = {**forms[number], "idempotency_key": uuid4().hex}
        headers = {"Sec-Fetch-Site": "same-origin", **WISH}
        found = helpers[number]._client.post(f"{DAY}/{to}", data=form, headers=headers)
        return found.status_code

    with ThreadPoolExecutor(len(forms)) as phones:
        return sorted(phones.map(send, range(len(forms))))


def test_of_two_helpers_who_give_one_stall_one_is_told(
    quiet: Flask, helper: CarefulClient, person_of_office: Callable[..., CarefulClient]
) -> None:
    other = person_of_office("organiser")
    forms = [
        {"stall": "B1", "diena": str(TODAY), "vendor": slug} for slug in (GUEST, "enkurkrasti")
    ]
    assert race(quiet, [helper, other], forms, "iedot") == [200, 409]
    with reading(quiet) as session:
        b1 = session.exec(select(Stall.id).where(Stall.number == "B1")).one()
        held = select(Placement).where(Placement.stall_id == b1, Placement.day == TODAY)
        assert len(session.exec(held).all()) == 1


def test_moving_is_two_taps(quiet: Flask, helper: CarefulClient) -> None:
    page = helper.follow(helper.get(DAY), "Pārcelt: Saimniecība „Cekulgaiļi“")
    helper.submit(page, "B3")
    assert stalls(quiet, "cekulgaili") == ["B3"]
    gone = {"vendor": "cekulgaili", "no": "A5", "stall": "B4", "diena": str(TODAY)}
    assert helper.send(f"{DAY}/parcelt", gone, 422, headers=WISH).json["reason"] == "gone"


# Who waits.


def test_whoever_waits_is_found_by_name_and_taken_off(quiet: Flask, helper: CarefulClient) -> None:
    page = helper.submit(helper.get(DAY), "Pievienot gaidītājiem", name="enkurk")
    assert waiting(quiet) == {"enkurkrasti"}
    helper.submit(page, "Izņemt no saraksta")
    assert waiting(quiet) == set()


def test_a_name_that_fits_several_asks_back(quiet: Flask, helper: CarefulClient) -> None:
    form = {"name": "a", "diena": str(TODAY)}
    answer = helper.send(f"{DAY}/gaida", form, 422, headers=WISH).json
    assert (answer["reason"], answer["field"]) == ("which", "vendor")
    assert len(answer["options"]) > 1
    page = helper.submit(helper.get(DAY), "Pievienot gaidītājiem", 422, name="a")
    assert "Kurš ir domāts?" in page.text
    helper.submit(page, answer["options"][0][1])
    assert waiting(quiet) == {answer["options"][0][0]}
    nobody = helper.send(f"{DAY}/gaida", {"name": "Qqq"}, 422, headers=WISH).json
    assert nobody["options"] == []


def test_who_has_a_place_does_not_wait(quiet: Flask, helper: CarefulClient) -> None:
    answer = helper.send(f"{DAY}/gaida", {"vendor": SEASON}, 422, headers=WISH).json
    assert answer["reason"] == "placed"


# Guests.


def test_a_new_guest_stands_and_waits_for_the_office(
    quiet: Flask, helper: CarefulClient, client: CarefulClient
) -> None:
    new = {"stall": "B5", "new_name": "Medus no Saldus", "goods": "medus", "place": "Saldus"}
    helper.submit(helper.get(DAY), "Iedot vietu jaunajam viesim", **new)
    with reading(quiet) as session:
        guest = session.exec(select(Vendor).where(Vendor.name == "Medus no Saldus")).one()
        assert (guest.slug, guest.state, guest.standing) == (
            "medus-no-saldus",
            "applied",
            "guest",
        )
        assert (guest.other_place, guest.office_note) == ("Saldus", "Pārdod: medus")
    assert stalls(quiet, "medus-no-saldus") == ["B5"]
    assert presence(quiet, "medus-no-saldus") == ("present", False)
    assert "Medus no Saldus" in helper.get(DAY).text
    assert "Medus no Saldus" not in client.get(f"/S/{code_of(quiet, 'B5')}").text
    second = {**new, "stall": "B6"}
    helper.send(f"{DAY}/viesis", {**second, "diena": str(TODAY)})
    assert stalls(quiet, "medus-no-saldus-2") == ["B6"]


def test_a_guest_of_a_parish_is_of_that_parish(quiet: Flask, helper: CarefulClient) -> None:
    new = {"stall": "B5", "new_name": "Jauna sēta", "goods": "āboli", "place": "engures pagasts"}
    helper.send(f"{DAY}/viesis", new)
    with reading(quiet) as session:
        guest = vendor(session, "jauna-seta")
        assert guest.parish_code is not None
        assert guest.other_place is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"new_name": ""}, "ierakstiet nosaukumu"),
        ({"goods": ""}, "ko pārdod"),
        ({"place": ""}, "no kurienes"),
        ({"new_name": "Jānis 010203-12345"}, "personas kod"),
        ({"goods": "medus, 010203-12345"}, "personas kod"),
    ],
)
def test_a_guest_is_asked_little_and_never_a_personal_code(
    quiet: Flask, helper: CarefulClient, typed: dict[str, str], sentence: str
) -> None:
    new = {"stall": "B5", "new_name": "Medus", "goods": "medus", "place": "Saldus", **typed}
    page = helper.submit(helper.get(DAY), "Iedot vietu jaunajam viesim", 422, **new)
    assert sentence in page.text
    assert page.root.first("input", id="place")["value"] == new["place"]
    with reading(quiet) as session:
        assert session.exec(select(Vendor.id).where(Vendor.name == new["new_name"])).all() == []


def test_without_a_place_nobody_is_placed(quiet: Flask, helper: CarefulClient) -> None:
    form = {"vendor": GUEST, "diena": str(TODAY)}
    assert helper.send(f"{DAY}/iedot", form, 422, headers=WISH).json["reason"] == "stall"
    helper.send(f"{DAY}/iedot", {**form, "stall": "Q99"}, 404)


# Visitors are counted.


def test_visitors_are_counted_only_where_the_office_wants_it(
    quiet: Flask, helper: CarefulClient
) -> None:
    form = {"zone": "A", "hour": "9", "plus": "5"}
    assert "Apmeklētāji" not in helper.get(DAY).text
    helper.send(f"{DAY}/skaits", form, 404)


@pytest.fixture
def counted(quiet: Flask) -> Flask:
    """A market that counts its visitors."""
    with writing(quiet) as session:
        session.merge(MarketSetting(name="counts_visitors", value="yes"))
        session.commit()
    return quiet


def people(app: Flask) -> list[tuple[int, int]]:
    with reading(app) as session:
        rows = session.exec(select(ZoneCount).order_by(col(ZoneCount.hour))).all()
        return [(row.hour, row.people) for row in rows]


def zone_code(page: Page) -> str:
    return next(one["value"] for one in page.root.all("input") if one["name"] == "zone")


def test_counts_add_up_and_stand_in_a_table(counted: Flask, helper: CarefulClient) -> None:
    page = helper.get(DAY)
    zone = zone_code(page)
    for more in ("10", "10", "-1"):
        helper.send(f"{DAY}/skaits", {"zone": zone, "hour": "10", "plus": more})
    helper.send(f"{DAY}/skaits", {"zone": zone, "hour": "9", "plus": "-5"})
    assert people(counted) == [(9, 0), (10, 19)]
    page = helper.get(DAY)
    assert "Šodien saskaitīts" in page.text
    assert "19" in page.root.first("table").text
    for wrong in ({"plus": "1e9"}, {"plus": "9999"}, {"plus": "1", "hour": "25"}):
        helper.send(f"{DAY}/skaits", {"zone": zone, **wrong}, 400)


def test_two_helpers_who_count_at_once_are_both_counted(
    counted: Flask, helper: CarefulClient, person_of_office: Callable[..., CarefulClient]
) -> None:
    other = person_of_office("organiser")
    zone = zone_code(helper.get(DAY))
    form = {"zone": zone, "hour": "10", "plus": "5"}
    assert race(counted, [helper, other], [form, form], "skaits") == [200, 200]
    assert people(counted) == [(10, 10)]


def test_without_looking_again_one_of_the_two_would_fail(
    counted: Flask,
    helper: CarefulClient,
    person_of_office: Callable[..., CarefulClient],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The twin: the second first count of an hour meets the constraint, and nobody catches it."""
    other = person_of_office("organiser")
    form = {"zone": zone_code(helper.get(DAY)), "hour": "10", "plus": "5"}
    monkeypatch.setattr(counting, "count_of", lambda *_: None)
    monkeypatch.setattr(counting, "IntegrityError", KeyError)
    assert race(counted, [helper, other], [form, form], "skaits")[-1] >= 500


# Who may.


def test_a_reader_looks_and_changes_nothing(
    quiet: Flask, person_of_office: Callable[..., CarefulClient]
) -> None:
    reader = person_of_office("reader")
    reader.get(DAY)
    reader.send(f"{DAY}/ieradies", tap(SEASON, "present"), 403)
    assert presence(quiet, SEASON) is None


def test_the_page_says_under_which_account_it_was_made(helper: CarefulClient) -> None:
    page = helper.fetch(DAY)
    assert page.headers["Own-Account"].startswith("/")
    assert page.headers["Cache-Control"] == "no-store"
    worker = helper.fetch("/lv/parvalde/darbinieks.js")
    assert worker.mimetype == "text/javascript"
    assert 'PAGE = "/lv/parvalde/sodien"' in worker.text
