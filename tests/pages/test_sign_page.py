"""A sign's page: every answer reaches its page, in both languages, small and by itself."""

import gzip
from datetime import date, datetime
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlmodel import col, select

from market.days.models import Placement, Presence
from market.evidence.models import Opening
from market.places.models import Stall, StallOnPlan
from market.signs.codes import ALPHABET, check_character
from market.signs.models import Sign
from tests.asking import changing, code_of, database_of, holders_on, stalls_by_circumstance
from tests.careful_client import CarefulClient, Page

TUESDAY, SATURDAY = date(2026, 11, 24), date(2027, 7, 17)
LIMIT_ON_THE_WIRE = 14_000


def answers(visitor: CarefulClient, number: str, at: str) -> dict[str, Page]:
    """What the sign of a stall answers at a moment, by language."""
    visitor.app.config["NOW"] = datetime.fromisoformat(at)
    code = code_of(visitor.app, number)
    return {language: visitor.get(f"/{language}/S/{code}") for language in ("lv", "en")}


def unsaid(page: Page, *sentences: str) -> list[str]:
    """Which of these sentences a page does not say."""
    return [sentence for sentence in sentences if sentence not in page.text]


CASES = [
    ("here", "2026-11-24T10:00", ["Šodien šeit līdz 14.00"], ["Here today until 14:00"]),
    ("late", "2026-11-24T10:00", ["Šodien būs mazliet vēlāk"], ["Coming a little later today"]),
    ("two", "2026-11-24T10:00",
     ["Šodien šis tirgotājs ir arī vietā"], ["Today this vendor is also at stall"]),
    ("here", "2026-11-24T07:59",
     ["Šodien atver plkst. 8.00", "Tirgus šodien atvērts 8.00–14.00"],
     ["Opens today at 8:00", "The market is open today 8:00–14:00"]),
    ("here", "2026-11-24T14:00",
     ["Šodien slēgts kopš 14.00", "Šis tirgotājs atkal būs tirgū"],
     ["Closed today since 14:00", "This vendor is at the market again on"]),
    ("absent", "2026-11-24T10:00",
     ["Šodien nav", "Šis tirgotājs atkal būs tirgū", "Tuvumā šodien ar līdzīgām precēm"],
     ["Not here today", "is at the market again", "Nearby today with the same kind of goods"]),
    ("free", "2026-11-24T10:00",
     ["šodien ir brīva", "Pēdējais šeit,", "Nākamais šeit,"],
     ["is free today", "Last here, on", "Next here, on"]),
    ("never", "2026-11-24T10:00", ["šodien ir brīva"], ["is free today"]),
    ("here", "2026-11-25T10:00",
     ["Šodien tirgus nenotiek", "Nākamreiz tirgus atvērts piektdien, 27. novembrī, 8.00–14.00"],
     ["There is no market today", "open next on Friday, 27 November, 8:00–14:00"]),
    ("here", "2026-12-25T10:00",
     ["Šodien tirgus nenotiek", "otrdien, 29. decembrī"],
     ["There is no market today", "on Tuesday, 29 December"]),
    ("here", "2026-11-03T10:00",
     ["Šodienas tirgus ir atcelts", "Vētras dēļ tirgus šodien nenotiek."],
     ["Today's market is cancelled", "There is no market today because of the storm."]),
    ("M1", "2026-12-01T10:00",
     ["Šī rinda šodien ir citur", "Auto rinda šodien stāv stāvlaukumā"],
     ["This row stands elsewhere today", "Today the row of cars stands in the car park"]),
    ("R1", "2026-11-24T10:00",
     ["Rožu svētki 2027", "Svētku tirdzniecības vieta", "2027. gada 16. jūlijs"],
     ["Rose Festival 2027", "A stall of the festival", "Friday, 16 July 2027"]),
    ("R1", "2027-07-17T12:00", ["Šodien šeit līdz 22.00"], ["Here today until 22:00"]),
    ("R1", "2027-07-19T12:00", ["Svētki ir beigušies"], ["The festival is over"]),
]  # fmt: skip


@pytest.mark.parametrize(("stall", "at", "latvian", "english"), CASES)
def test_every_answer_reaches_its_page_in_both_languages(
    visitor: CarefulClient, stall: str, at: str, latvian: list[str], english: list[str]
):
    number = stalls_by_circumstance(visitor.app, TUESDAY).get(stall, stall)
    pages = answers(visitor, number, at)
    assert unsaid(pages["lv"], *latvian) == []
    assert unsaid(pages["en"], *english) == []
    for page in pages.values():
        assert number in page.main.first(of_class="plate").text
        assert len(page.main.all("svg", of_class="plan")) == 1
    assert shape(pages["lv"]) == shape(pages["en"])


def shape(page: Page) -> dict[str, object]:
    """What must be the same in every language: where links lead, how much stands there."""
    links = [one["href"] for one in page.main.all("a")]
    return {
        "links": [link.replace(f"/{page.language}/", "/", 1) for link in links],
        "goods": len(page.main.all("li")),
        "headings": [one.tag for one in page.main.all("h1", "h2", "h3")],
    }


def test_the_vendor_is_named_by_the_headline_and_the_story_begins(visitor: CarefulClient):
    holders = holders_on(visitor.app, TUESDAY)
    number = stalls_by_circumstance(visitor.app, TUESDAY)["here"]
    pages = answers(visitor, number, "2026-11-24T10:00")
    assert pages["lv"].h1 == pages["en"].h1 == holders[number].name
    lead = pages["lv"].main.first(of_class="lead").text
    assert 35 <= len(lead.split()) <= 60
    assert pages["lv"].link("stāstu") == f"/lv/tirgotaji/{holders[number].slug}#stasts"
    assert unsaid(pages["lv"], "Kur ir saimniecība", "Jūs esat šeit", "Raiņa ielas vārti") == []


def test_the_printed_address_answers_itself_in_capitals_and_small_letters(visitor: CarefulClient):
    code = code_of(visitor.app, "A1")
    for address in (f"/S/{code}", f"/s/{code.lower()}", f"/S/{code.lower()}"):
        page = visitor.get(address)
        assert page.language == "lv"
        assert page.h1 == holders_on(visitor.app, TUESDAY)["A1"].name
    assert visitor.get(f"/en/s/{code.lower()}").language == "en"


def test_the_other_language_is_one_tap_away_and_tells_the_same(visitor: CarefulClient):
    latvian = visitor.get(f"/S/{code_of(visitor.app, 'A1')}")
    english = visitor.follow(latvian, "English")
    assert english.language == "en"
    assert shape(visitor.follow(english, "latviešu")) == shape(latvian)


def test_a_festival_stall_leads_to_the_festival(visitor: CarefulClient):
    page = answers(visitor, "R1", "2026-11-24T10:00")["lv"]
    assert visitor.follow(page, "Par svētkiem").h1.startswith("Rožu svētki 2027")


def test_somebody_else_stands_there_on_the_festivals_saturday(visitor: CarefulClient):
    ordinary, festive = holders_on(visitor.app, TUESDAY), holders_on(visitor.app, SATURDAY)
    changed = [n for n in ordinary if n in festive and ordinary[n].id != festive[n].id]
    assert changed
    for number in changed:
        tuesday = answers(visitor, number, "2026-11-24T10:00")["lv"]
        saturday = answers(visitor, number, "2027-07-17T10:00")["lv"]
        assert (tuesday.h1, saturday.h1) == (ordinary[number].name, festive[number].name)


def mistyped(code: str) -> list[str]:
    """The code with each single character wrong in one way, and each two neighbours swapped."""
    wrong = []
    for place, letter in enumerate(code):
        other = ALPHABET[(ALPHABET.index(letter) + 7) % len(ALPHABET)]
        wrong.append(code[:place] + other + code[place + 1 :])
    for place in range(len(code) - 1):
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        wrong += [swapped] if swapped != code else []
    return wrong


def test_a_mistyped_code_is_explained_and_never_opens_another_stall(visitor: CarefulClient):
    for wrong in mistyped(code_of(visitor.app, "A1")):
        page = visitor.get(f"/S/{wrong}", 404)
        assert page.h1 == "Šādu kodu nezinām"
        assert f"„{wrong}“" in page.text
        assert {one["name"] for one in page.main.all("input")} == {"kods", "q"}
    assert visitor.get(f"/en/S/{wrong}", 404).h1 == "We do not know this code"


@pytest.mark.parametrize(
    ("typed", "latvian"),
    [
        ("ABC", "piecas rakstzīmes"),
        ("ABCDEFG", "piecas rakstzīmes"),
        ("AB0DE", "0, O, 1, I"),
        ("A<b>E", "0, O, 1, I"),
    ],
)
def test_what_cannot_be_a_code_is_said(visitor: CarefulClient, typed: str, latvian: str):
    assert latvian in visitor.get(f"/S/{typed}", 404).text
    assert latvian in visitor.get("/S", query_string={"kods": typed}).text


def test_a_code_that_nobody_printed_is_unknown(visitor: CarefulClient):
    with database_of(visitor.app).reading() as session:
        used = set(session.exec(select(Sign.code)))
    unknown = next(
        code
        for letter in ALPHABET
        if (code := f"ZZZ{letter}" + check_character(f"ZZZ{letter}")) not in used
    )
    page = visitor.get(f"/S/{unknown}", 404)
    assert f"Zīmes ar kodu „{unknown}“ nav" in page.text or unknown in page.text


def test_a_code_or_a_number_may_be_typed(visitor: CarefulClient):
    code = code_of(visitor.app, "A12")
    for typed in (code, code.lower(), f" {code[:2]} {code[2:]} ", f"{code[:2]}-{code[2:]}"):
        answer = visitor.fetch("/S", 302, query_string={"kods": typed})
        assert answer.location.upper().endswith(f"/S/{code}")
        assert "A12" in visitor.get(answer.location).main.first(of_class="plate").text
    for number in ("A12", "a12", " a 12 "):
        answer = visitor.fetch("/en/S", 302, query_string={"kods": number})
        assert answer.location.upper() == f"/EN/S/{code}"
    assert visitor.get("/S").h1 == visitor.get("/S?kods=%20%20").h1


def test_the_page_is_small_comes_alone_and_leaves_nothing(visitor: CarefulClient):
    for number in sorted(holders_on(visitor.app, TUESDAY))[::3]:
        for page in answers(visitor, number, "2026-11-24T10:00").values():
            assert len(gzip.compress(page.html.encode(), 6)) < LIMIT_ON_THE_WIRE
            loaded = [one for one in page.root.all("link", "script") if "stylesheet" in one["rel"]]
            assert loaded == []
            assert all(one["loading"] == "lazy" for one in page.root.all("img", "iframe"))
            assert page.policy["script-src"] == ["'none'"]


def test_nothing_on_the_way_asks_for_anything(visitor: CarefulClient):
    """No money, password, e-mail or telephone; links stay inside."""
    page = answers(visitor, "A1", "2026-11-24T10:00")["lv"]
    assert page.root.all("input", "form", "iframe") == []
    assert not any(urlsplit(one["href"]).netloc for one in page.root.all("a"))


def test_openings_are_counted_without_the_visitor(client: CarefulClient):
    code = code_of(client.app, "A1")
    for address in (f"/S/{code}", f"/S/{code}", f"/en/S/{code}"):
        client.get(address)
    client.app.extensions["openings"].write()
    with database_of(client.app).reading() as session:
        counted = {row.language: (row.openings, row.hour) for row in session.exec(select(Opening))}
    assert counted == {"lv": (2, 10), "en": (1, 10)}


def test_a_retired_sign_says_so_and_opens_no_farm(client: CarefulClient):
    code = code_of(client.app, "A1")
    with changing(client.app) as session:
        sign = session.exec(select(Sign).where(Sign.code == code)).one()
        sign.retired_on = TUESDAY
        sign.retired_words = {"lv": "Jaunā zīme ir blakus.", "en": "The new sign hangs beside."}
    latvian, english = client.get(f"/S/{code}"), client.get(f"/en/S/{code}")
    assert latvian.h1 == "Šī zīme vairs nav spēkā"
    assert english.h1 == "This sign is no longer in use"
    assert unsaid(latvian, "Jaunā zīme ir blakus.") == []
    assert unsaid(english, "The new sign hangs beside.") == []
    assert holders_on(client.app, TUESDAY)["A1"].name not in latvian.html


def test_a_stall_that_is_not_on_todays_plan_says_so(client: CarefulClient):
    with changing(client.app) as session:
        spot = session.exec(
            select(StallOnPlan)
            .join(Stall, col(Stall.id) == StallOnPlan.stall_id)
            .where(Stall.number == "B14")
        ).one()
        spot.valid_to = date(2026, 11, 20)
    code = code_of(client.app, "B14")
    assert client.get(f"/S/{code}").h1 == "Vieta B14 šodien nav iekārtota"
    assert client.get(f"/en/S/{code}").h1 == "Stall B14 is not set up today"


def test_what_a_vendor_says_reaches_the_sign_at_once(client: CarefulClient, demo_app: Flask):
    """The page is kept rendered, and still never out of date."""
    code = code_of(demo_app, "A1")
    assert unsaid(client.get(f"/S/{code}"), "Šodien šeit līdz 14.00") == []
    with changing(demo_app) as session:
        placement = session.exec(
            select(Placement)
            .join(Stall, col(Stall.id) == Placement.stall_id)
            .where(Stall.number == "A1", Placement.day == TUESDAY)
        ).one()
        presence = session.exec(
            select(Presence).where(
                Presence.vendor_id == placement.vendor_id, Presence.day == TUESDAY
            )
        ).one()
        presence.state = "absent"
    assert unsaid(client.get(f"/S/{code}"), "Šodien nav") == []
