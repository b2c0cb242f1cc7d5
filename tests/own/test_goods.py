"""My goods: what the vendor writes is what visitors read, in the vendor's order, and kept safe."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, datetime
from threading import Barrier, BrokenBarrierError

import pytest
from flask import Flask
from sqlmodel import select

import app.pages.vendor.goods
from app.accounts import cookie_name
from app.database import Database
from app.forms_of_goods import FIELDS_OF_GOOD, label
from app.languages import speaking
from tests.asking import changing
from tests.careful_client import CarefulClient, Page
from tests.cli.lists import good as went_well
from tests.cli.lists import run
from vendors.listings.models import ALLERGENS, Good
from vendors.listings.queries import all_goods
from vendors.registry.models import Vendor
from vendors.stories.models import Photograph

SLUG, OTHER = "siltrasas", "rasas-stunda"
TODAY = date(2026, 11, 24)
LIST = "/lv/mans/preces"
NEW = f"{LIST}/jauna"


@pytest.fixture
def mine(client: CarefulClient) -> CarefulClient:
    """The telephone of the vendor of these tests."""
    return client.come_in(SLUG)


def goods_of(app: Flask, slug: str = SLUG) -> list[Good]:
    found: Database = app.extensions["database"]
    with found.reading() as session:
        query = select(Good).join(Vendor, Vendor.id == Good.vendor_id).where(Vendor.slug == slug)
        return list(session.exec(query.order_by(Good.position, Good.id)))


def named(app: Flask, name: str) -> Good:
    return next(good for good in goods_of(app) if good.name["lv"] == name)


def address(good: Good, rest: str = "") -> str:
    return f"{LIST}/{good.id}{rest}"


NEW_GOOD = {
    "kind": "", "name.lv": "Kāpostu asni", "name.en": "", "category": "vegetables", "price": "3,50",
    "per": "other", "amount": "250 g", "net": "", "months": ["10", "11", "12"], "season": "0",
    "origin": "grown", "said": "none", "photograph": "",
}  # fmt: skip


def test_a_new_good_is_read_by_visitors_at_once(demo_app, mine):
    page = mine.submit(mine.get(NEW), "Saglabāt", **NEW_GOOD)
    assert "Saglabāts: Kāpostu asni, 3,50 €/250 g (14,00 €/kg)" in page.text
    assert "Kāpostu asni" in mine.get("/lv/tirgotaji/siltrasas").text
    good = goods_of(demo_app)[-1]
    assert good.position == len(goods_of(demo_app))
    assert (good.price_cents, good.amount, good.unit) == (350, 250, "g")
    assert (good.months, good.allergens, good.confirmed_on) == (0b111000000000, [], TODAY)
    mine.submit(page, "Atcelt")
    assert good.id not in {one.id for one in goods_of(demo_app)}


def test_a_known_kind_fills_in_the_rest(demo_app, mine):
    mine.submit(mine.get(NEW), "Saglabāt", kind="strawberries", price="4.5 €", per="l")
    good = goods_of(demo_app)[-1]
    assert good.name == {"lv": "Zemenes", "en": "Strawberries"}
    assert (good.category, good.kind, good.months) == ("berries", "strawberries", 0b1100000)
    assert (good.price_cents, good.amount, good.unit, good.allergens) == (450, 1000, "ml", None)


TYPED = {
    "3,50": 350, "3.5 €": 350, "1 234,50": 123450, "": None, "0": 0, "3,5EUR": 350, "100000": 10**7,
}  # fmt: skip


@pytest.mark.parametrize("typed", TYPED)
def test_prices_are_read_as_people_type_them(demo_app, mine, typed):
    good = goods_of(demo_app)[0]
    mine.submit(mine.get(address(good)), "Saglabāt", price=typed)
    assert goods_of(demo_app)[0].price_cents == TYPED[typed]


BAD = {
    "price": ({"price": "daudz"}, "Lūdzu, ierakstiet cenu eiro, piemēram, 3,50."),
    "price, a number without end": ({"price": "1e999999"}, "Lūdzu, ierakstiet cenu eiro"),
    "price, negative": ({"price": "-1"}, "Lūdzu, ierakstiet cenu eiro"),
    "price, three decimals": ({"price": "3,505"}, "Lūdzu, ierakstiet cenu eiro"),
    "price, too high": ({"price": "100000,01"}, "Cena ir pārāk liela."),
    "amount": ({"per": "other", "amount": "mazliet"}, "daudzumu ar mērvienību"),
    "no amount": ({"per": "other", "amount": ""}, "daudzumu ar mērvienību"),
    "package": ({"per": "tonne"}, "Lūdzu, izvēlieties kādu no šiem."),
    "net": ({"per": "jar", "net": "3 gab."}, "svaru vai tilpumu"),
    "net of a weight": ({"per": "kg", "net": "700 g"}, "Cena jau ir pēc svara"),
    "no name": ({"name.lv": "", "name.en": "Sprouts"}, "Lūdzu, ierakstiet nosaukumu"),
    "name, too long": ({"name.lv": "ā" * 81}, "saīsiniet līdz 80 zīmēm"),
    "name, a personal code": ({"name.lv": "Anna 010190-12345"}, "personas kod"),
    "name, hidden": ({"name.en": "Sprouts\u202egnp"}, "tekstā ir neredzamas zīmes"),
    "category": ({"category": "weapons"}, "Lūdzu, izvēlieties kategoriju."),
    "no category": ({"category": ""}, "Lūdzu, izvēlieties kategoriju."),
    "kind": ({"kind": "unicorns"}, "Lūdzu, izvēlieties kādu no šiem."),
    "kind of another category": ({"kind": "strawberries"}, "„Zemenes“ ir kategorijā „Ogas“."),
    "months": ({"months": []}, "Lūdzu, atzīmējiet vismaz vienu mēnesi."),
    "a thirteenth month": ({"months": ["13"]}, "Lūdzu, atzīmējiet vismaz vienu mēnesi."),
    "season": ({"season": "7"}, "Lūdzu, izvēlieties kādu no šiem."),
    "origin": ({"origin": "stolen"}, "Lūdzu, izvēlieties kādu no šiem."),
    "allergens, none ticked": ({"said": "some"}, "Lūdzu, atzīmējiet, kuri"),
    "allergens, both": ({"said": "none", "allergens": ["milk"]}, "Kura ir pareizā?"),
    "allergens, asked and ticked": ({"said": "ask", "allergens": ["milk"]}, "Kura ir pareizā?"),
    "allergens, unknown": ({"said": "some", "allergens": ["dust"]}, "izvēlieties kādu no šiem"),
    "allergens, unsaid": ({"said": ""}, "Lūdzu, izvēlieties kādu no šiem."),
    "photograph": ({"photograph": "999999"}, "Lūdzu, izvēlieties kādu no šiem attēliem."),
    "there already": ({"name.lv": "Baltie racenī", "per": "kg"}, "sarakstā jau ir"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_does_not_fit_is_said_beside_the_field_and_nothing_typed_is_lost(demo_app, mine, case):
    wrong, sentence = BAD[case]
    typed = {**NEW_GOOD, "name.lv": "Dīgsti “ar” <b>zirņiem</b>", **wrong}
    before = len(goods_of(demo_app))
    page = mine.submit(mine.get(NEW), "Saglabāt", 422, **typed)
    faults = [one.text for one in page.main.all("p", of_class="error")]
    assert any(sentence in fault for fault in faults), faults
    assert len(goods_of(demo_app)) == before
    for name in ("name.lv", "price", "amount", "net"):
        assert page.main.first("input", name=name)["value"] == typed[name].strip()
    ticked = [one["value"] for one in page.main.all("input", name="months") if "checked" in one]
    assert ticked == [month for month in typed["months"] if month != "13"]


def test_faults_are_said_in_the_readers_language(mine):
    page = mine.submit(mine.get(f"/en{NEW[3:]}"), "Save", 422, **{**NEW_GOOD, "price": "much"})
    assert "Please write the price in euros, such as 3,50." in page.text


ALLERGENS_SAID = {
    "ask": ({"said": "ask"}, None),
    "none": ({"said": "none"}, []),
    "some": ({"said": "some", "allergens": ["milk", "eggs"]}, ["eggs", "milk"]),
    "all": ({"said": "some", "allergens": list(ALLERGENS)}, list(ALLERGENS)),
}


@pytest.mark.parametrize("case", ALLERGENS_SAID)
def test_allergens_are_these_or_none_or_to_be_asked(demo_app, mine, case):
    typed, expected = ALLERGENS_SAID[case]
    mine.submit(mine.get(NEW), "Saglabāt", **{**NEW_GOOD, **typed})
    good = goods_of(demo_app)[-1]
    assert good.allergens == expected
    page = mine.get(address(good))
    assert [one["value"] for one in page.main.all("input", name="said") if "checked" in one] == [
        typed["said"]
    ]


def test_changing_a_good_confirms_it_and_keeps_its_name_in_other_languages(demo_app, mine):
    good = goods_of(demo_app)[0]
    with changing(demo_app) as session:
        row = session.get(Good, good.id)
        row.name, row.confirmed_on = {**good.name, "ru": "Огурцы"}, date(2026, 8, 1)
    mine.submit(mine.get(address(good)), "Saglabāt", price="3,10")
    changed = goods_of(demo_app)[0]
    assert (changed.price_cents, changed.confirmed_on, changed.name["ru"]) == (310, TODAY, "Огурцы")


def test_all_is_right_confirms_everything_and_changes_nothing_else(demo_app, mine):
    before = [good.model_dump(exclude={"confirmed_on", "version"}) for good in goods_of(demo_app)]
    page = mine.submit(mine.get(LIST), "Viss pareizi")
    after = goods_of(demo_app)
    assert {good.confirmed_on for good in after} == {TODAY}
    assert [good.model_dump(exclude={"confirmed_on", "version"}) for good in after] == before
    assert "Pārbaudīts šodien." in page.text


def test_a_form_that_is_saved_as_it_was_opened_changes_nothing(demo_app, mine):
    before = [good.model_dump(exclude={"confirmed_on", "version"}) for good in goods_of(demo_app)]
    for good in goods_of(demo_app):
        mine.submit(mine.get(address(good)), "Saglabāt")
        mine.submit(mine.get(f"/en{address(good)[3:]}"), "Save")
    after = [good.model_dump(exclude={"confirmed_on", "version"}) for good in goods_of(demo_app)]
    assert after == before


# The order.


def order_of(page: Page) -> list[str]:
    return [one.first("h2").text for one in page.main.all("li", of_class="my-good")]


def test_goods_move_one_step_and_visitors_see_that_order(demo_app, mine):
    page = mine.get(LIST)
    first, second, *rest = order_of(page)
    page = mine.submit(page, f"Zemāk: {first}")
    assert order_of(page) == [second, first, *rest]
    page = mine.submit(page, f"Augstāk: {rest[-1]}")
    assert order_of(page)[-2:] == [rest[-1], rest[-2]]
    assert [good.position for good in goods_of(demo_app)] == list(range(1, len(rest) + 3))
    assert not [one for one in page.main.all("button") if one.text.endswith(f"Augstāk: {second}")]


def move_at_once(app: Flask, mine: CarefulClient, moves: list[tuple[int, str]]) -> set[int]:
    token = mine._client.get_cookie(cookie_name_of(app)).value

    def move(one: tuple[int, tuple[int, str]]) -> int:
        number, (good_id, step) = one
        own = app.test_client()
        own.set_cookie(cookie_name_of(app), token)
        form = {"step": step, "idempotency_key": f"{number:032x}"}
        headers = {"Sec-Fetch-Site": "same-origin"}
        return own.post(f"{LIST}/{good_id}/vieta", data=form, headers=headers).status_code

    with ThreadPoolExecutor(8) as many:
        return set(many.map(move, enumerate(moves)))


def cookie_name_of(app: Flask) -> str:
    with app.app_context():
        return cookie_name()


def test_many_moves_at_once_leave_every_place_taken_once(demo_app, mine):
    goods = goods_of(demo_app)
    moves = [(good.id, step) for good in goods for step in ("1", "-1", "1")]
    assert move_at_once(demo_app, mine, moves) == {303}
    assert [good.position for good in goods_of(demo_app)] == list(range(1, len(goods) + 1))
    assert {good.id for good in goods_of(demo_app)} == {good.id for good in goods}


def test_if_nobody_waited_places_would_be_taken_twice(demo_app, mine, monkeypatch):
    """The twin: two read the same order before either writes."""
    if demo_app.extensions["database"].engine.dialect.name == "sqlite":
        pytest.skip("SQLite lets one write at a time by itself")
    goods = goods_of(demo_app)
    both = Barrier(2)

    def without_waiting(session, vendor_id):
        found = all_goods(session, vendor_id)
        with suppress(BrokenBarrierError):
            both.wait(3)
        return found

    monkeypatch.setattr(app.pages.vendor.goods, "all_goods_alone", without_waiting)
    statuses = move_at_once(demo_app, mine, [(goods[0].id, "1"), (goods[2].id, "-1")])
    places = [good.position for good in goods_of(demo_app)]
    assert statuses != {303} or places != list(range(1, len(goods) + 1))


# No longer sold.


def test_what_is_no_longer_sold_vanishes_from_all_that_is_public(demo_app, mine):
    name = "Zirņu un redīsu dzinumi"
    good = named(demo_app, name)
    public = [
        "/lv/", "/lv/tirgotaji?q=redīsu+dzin", "/lv/tirgotaji/siltrasas", "/en/tirgotaji/siltrasas",
        "/lv/karte", "/api/v1/vendors/siltrasas", "/api/v1/vendors", "/dati/goods.csv",
        "/lv/tirgotaji?kategorija=greens",
    ]  # fmt: skip
    words = (name, "Pea and radish shoots")

    def who_says_so() -> list[str]:
        visitor = CarefulClient(demo_app)
        texts = {one: visitor.fetch(one).get_data(as_text=True) for one in public}
        return [one for one, text in texts.items() if any(word in text for word in words)]

    assert "/lv/tirgotaji/siltrasas" in who_says_so()
    page = mine.submit(mine.get(LIST), f"Vairs nepārdodu: {name}")
    assert who_says_so() == []
    assert "redīsu dzin" not in "".join(
        one.first("h3").text for one in mine.get(public[1]).main.all("li", of_class="vendor-card")
    )
    assert name not in order_of(page)
    assert named(demo_app, name).archived_on == TODAY
    mine.submit(page, f"Atkal pārdodu: {name}")
    again = named(demo_app, name)
    assert (again.archived_on, again.position) == (None, good.position)
    assert "/lv/tirgotaji/siltrasas" in who_says_so()


def test_without_looking_at_the_day_it_would_still_be_seen(demo_app, mine, monkeypatch):
    """The twin: queries that forget to ask whether a good is still sold."""
    name = "Zirņu un redīsu dzinumi"
    mine.submit(mine.get(LIST), f"Vairs nepārdodu: {name}")
    assert name not in mine.get("/lv/tirgotaji/siltrasas").text
    monkeypatch.setattr("vendors.registry.queries.SOLD", ())
    assert name in mine.get("/lv/tirgotaji/siltrasas?alga=1").text


def test_putting_away_is_undone_and_done_twice_does_nothing(demo_app, mine):
    good = goods_of(demo_app)[0]
    page = mine.submit(mine.get(LIST), f"Vairs nepārdodu: {good.name['lv']}")
    mine.send(address(good, "/nepardodu"), {})
    mine.submit(page, "Atcelt")
    assert goods_of(demo_app)[0].archived_on is None


# Whose goods.


def test_nobody_reaches_the_goods_of_another_vendor(demo_app, mine):
    theirs = goods_of(demo_app, OTHER)[0]
    before = theirs.model_dump()
    mine.fetch(address(theirs), 404)
    mine.send(address(theirs), NEW_GOOD, 404)
    for rest, form in (("/vieta", {"step": "1"}), ("/nepardodu", {}), ("/pardodu", {})):
        mine.send(address(theirs, rest), form, 404)
    for number in ("0", "99999999999999999999", "x"):
        mine.fetch(f"{LIST}/{number}", 404)
    mine.send(address(goods_of(demo_app)[0], "/vieta"), {"step": "5"}, 400)
    assert goods_of(demo_app, OTHER)[0].model_dump() == before


def test_fields_that_are_not_in_the_form_change_nothing(demo_app, mine):
    good = goods_of(demo_app)[0]
    other = goods_of(demo_app, OTHER)[0]
    page = mine.get(address(good))
    fields = {one["name"]: one["value"] for one in page.main.all("input", type="hidden")}
    more = {
        "id": other.id, "vendor_id": other.vendor_id, "position": 99, "state": "sold_out",
        "archived_on": "2026-01-01", "confirmed_on": "2000-01-01", "price_cents": 1,
    }  # fmt: skip
    typed = {**NEW_GOOD, **fields, **more, "idempotency_key": "a" * 32}
    mine.send(address(good), typed)
    changed = named(demo_app, "Kāpostu asni")
    assert (changed.id, changed.vendor_id, changed.position) == (good.id, good.vendor_id, 1)
    assert (changed.state, changed.archived_on, changed.confirmed_on) == ("available", None, TODAY)


# Two telephones.


def test_two_who_edit_the_same_good_see_both_texts_and_choose(demo_app, mine):
    good = goods_of(demo_app)[0]
    other = CarefulClient(demo_app).come_in(SLUG)
    first, second = mine.get(address(good)), other.get(address(good))
    mine.submit(first, "Saglabāt", **{"price": "3,00", "name.lv": "Īsie gurķi"})
    page = other.submit(second, "Saglabāt", 409, **{"price": "2,00", "name.lv": "Gurķi <i>"})
    for said in ("3,00 €/kg", "2,00 €/kg", "Īsie gurķi", "Gurķi <i>"):
        assert said in page.text
    assert goods_of(demo_app)[0].price_cents == 300
    assert other.follow(page, "Paturēt to, kas tur ir").text
    assert page.main.first("form", id="good")["method"] == "post"
    assert [one["form"] for one in page.main.all("button") if one.text == "Saglabāt manu"] == [
        "good"
    ]
    other.submit(page, "Saglabāt")
    kept = goods_of(demo_app)[0]
    assert (kept.price_cents, kept.name["lv"]) == (200, "Gurķi <i>")


def test_moving_and_confirming_is_no_change_of_what_the_form_shows(demo_app, mine):
    good = goods_of(demo_app)[0]
    page = mine.get(address(good))
    mine.send(address(good, "/vieta"), {"step": "1"})
    mine.send(f"{LIST}/pareizi", {})
    mine.submit(page, "Saglabāt", price="2,20")
    assert named(demo_app, good.name["lv"]).price_cents == 220


def test_without_the_version_the_second_would_write_over_the_first(demo_app, mine, monkeypatch):
    """The twin: a form that does not say what it was opened with."""
    good = goods_of(demo_app)[0]
    page = mine.get(address(good))
    mine.submit(mine.get(address(good)), "Saglabāt", price="3,00")
    monkeypatch.setattr(app.pages.vendor.goods, "version_sent", lambda: None)
    mine.submit(page, "Saglabāt", price="2,00")
    assert goods_of(demo_app)[0].price_cents == 200


def test_a_queue_is_told_that_somebody_was_quicker(demo_app, mine):
    good = goods_of(demo_app)[0]
    typed = {**NEW_GOOD, "version": "0", "seen": "x"}
    answer = mine.send(address(good), typed, 409, headers={"Accept": "application/json"})
    assert answer.json["reason"] == "changed"


# The season of this year, pictures, hostile names.


def test_a_season_that_is_later_this_year_is_read_by_visitors(demo_app, mine):
    good = named(demo_app, "Zirņu un redīsu dzinumi")
    page = CarefulClient(demo_app).get("/lv/tirgotaji/siltrasas")
    assert "Zirņu un redīsu dzinumi" in page.main.first("ul", of_class="goods").text
    mine.submit(mine.get(address(good)), "Saglabāt", season="1")
    page = CarefulClient(demo_app).get("/lv/tirgotaji/siltrasas")
    assert "Zirņu un redīsu dzinumi" not in page.main.first("ul", of_class="goods").text
    assert "dec.–maijs" in page.text
    assert "(šogad)" in mine.get(LIST).text
    demo_app.config["NOW"] = datetime(2027, 11, 23, 10)
    form = mine.come_in(SLUG).get(address(good)).main
    assert [one["value"] for one in form.all("input", name="season") if "checked" in one] == ["0"]


def test_a_good_shows_one_of_the_own_photographs_small_and_late(demo_app, mine):
    with changing(demo_app) as session:
        ids = {}
        for slug, digest in ((SLUG, "a" * 64), (OTHER, "b" * 64)):
            vendor = session.exec(select(Vendor).where(Vendor.slug == slug)).one()
            photograph = Photograph(
                vendor_id=vendor.id, digest=digest, width=1200, height=800, words={"lv": "Gurķi"}
            )
            session.add(photograph)
            session.flush()
            ids[slug] = photograph.id
    good = named(demo_app, "Zirņu un redīsu dzinumi")
    page = mine.get(address(good))
    mine.submit(page, "Saglabāt", 422, photograph=str(ids[OTHER]))
    mine.submit(page, "Saglabāt", photograph=str(ids[SLUG]))
    listed = mine.get("/lv/tirgotaji/siltrasas").main.first("ul", of_class="goods")
    picture = listed.first("img")
    assert (picture["alt"], picture["loading"], picture["width"]) == ("Gurķi", "lazy", "96")
    with changing(demo_app) as session:
        session.get(Photograph, ids[SLUG]).shown = False
    assert not mine.get("/lv/tirgotaji/siltrasas").main.first("ul", of_class="goods").all("img")


def test_a_hostile_name_is_only_text(demo_app, mine):
    name = "<img src=x onerror=alert(1)>${7*7}{{7*7}}"
    typed = {**NEW_GOOD, "name.lv": name, "name.en": "</script><script>"}
    page = mine.submit(mine.get(NEW), "Saglabāt", **typed)
    assert name in order_of(page)
    for there in ("/lv/tirgotaji/siltrasas", "/en/tirgotaji/siltrasas", "/lv/mans/izmainas"):
        mine.get(there)
    assert (
        mine.get(address(goods_of(demo_app)[-1])).main.first("input", name="name.lv")["value"]
        == name
    )


def test_the_form_has_its_fields_in_the_order_of_the_paper_form(mine):
    for language in ("lv", "en"):
        text = mine.get(f"/{language}/mans/preces/jauna").main.text
        with speaking(language):
            places = [text.index(label(name)) for name in FIELDS_OF_GOOD]
        assert places == sorted(places)


def test_jars_of_food_without_their_content_are_named_to_the_vendor(demo_app, mine):
    sentence = "likums prasa kilograma vai litra cenu"
    good = named(demo_app, "Mazsālīti gurķi ar upeņu lapām")
    assert sentence not in mine.get(LIST).text
    mine.submit(mine.get(address(good)), "Saglabāt", net="")
    assert sentence in mine.get(LIST).text


def test_a_list_with_goods_put_away_and_shifted_seasons_is_exported_and_read_again(
    demo_app, mine, empty_app, tmp_path
):
    mine.send(address(goods_of(demo_app)[0], "/nepardodu"), {})
    page = mine.get(address(goods_of(demo_app)[1]))
    mine.submit(page, "Saglabāt", season="-1")
    for kind in ("vendors", "goods"):
        went_well(run(demo_app, "export", kind, tmp_path / f"{kind}.csv"))
        went_well(run(empty_app, "import", kind, tmp_path / f"{kind}.csv"))
        went_well(run(empty_app, "export", kind, tmp_path / f"{kind}2.csv"))
        before, after = (tmp_path / f"{kind}{n}.csv" for n in ("", "2"))
        assert before.read_bytes() == after.read_bytes()
    archived, shifted, *_rest = goods_of(empty_app)
    assert archived.archived_on == TODAY
    assert (shifted.season_shift, shifted.season_year) == (-1, 2026)
