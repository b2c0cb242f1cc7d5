"""Coming in with the printed card: what opens, what is said when it does not, who is kept out."""

from datetime import timedelta

import pytest
from sqlmodel import select

import app.pages.coming_in.opening as opening
from app import keys
from app.clock import moment
from app.keys import revoke_cards
from tests.careful_client import CarefulClient
from tests.conftest import COST_OF_A_PIN
from tests.own.coming_in import (
    DOOR,
    change_vendor,
    database_of,
    is_in,
    new_card,
    phone_of,
    send,
    sessions_of,
    token_of,
    vendor_of,
    with_card,
    wrong_pin,
)
from vendors.keys.models import Attempt
from vendors.keys.numbers import in_groups
from vendors.keys.waiting import MOST_IN_TOTAL


def forward(app, **span):
    """Let time pass."""
    app.config["NOW"] += timedelta(**span)


def tries(app):
    """The wrong attempts by lock."""
    with database_of(app).reading() as session:
        return {row.lock: (row.wrong, row.total) for row in session.exec(select(Attempt))}


def test_a_vendor_comes_in_with_the_card_and_reads_the_own_stall(demo_app):
    card = new_card(demo_app)
    client = CarefulClient(demo_app)
    door = client.get(DOOR)
    stall = client.submit(door, "Ienākt", card=in_groups(card.secret).lower(), pin=f" {card.pin}")
    assert stall.address == "/lv/mans/"


def test_the_door_leads_to_where_somebody_wanted_to_go(demo_app):
    card = new_card(demo_app)
    browser = demo_app.test_client()
    assert browser.get("/en/mans/talruni").location == "/en/ieiet?uz=/en/mans/talruni"
    answer = send(
        browser, "/en/ieiet?uz=/en/mans/talruni", way="card", card=card.secret, pin=card.pin
    )
    assert answer.location == "/en/mans/talruni"


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/mans/",
        "/\\evil.example",
        "/lv/mans//evil.example",
        "/lv/mansion",
        "/lv/",
        "/lv/mans/../../evil",
        "javascript:alert(1)",
        "/lv/mans/\r\nSet-Cookie: a=b",
    ],
)
def test_nobody_is_led_elsewhere(demo_app, wanted):
    from urllib.parse import quote

    card = new_card(demo_app)
    browser = demo_app.test_client()
    answer = send(browser, f"{DOOR}?uz={quote(wanted)}", way="card", card=card.secret, pin=card.pin)
    assert answer.location == "/lv/mans/"


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda number: number[:-1], "24"),
        (lambda number: "0" + number[1:], "0, O, 1, I"),
        (lambda number: number[:-1] + ("2" if number[-1] != "2" else "3"), "Viena zīme"),
    ],
)
def test_a_mistyped_card_is_told_apart_and_given_back_without_the_pin(demo_app, spoil, sentence):
    card = new_card(demo_app)
    client = CarefulClient(demo_app)
    typed = spoil(card.secret)
    page = client.submit(client.get(DOOR), "Ienākt", 422, card=typed, pin=card.pin)
    assert sentence in page.text
    fields = page.root.first("textarea", id="card"), page.root.first("input", id="pin")
    assert (fields[0].source.strip(), fields[1]["value"]) == (typed, "")
    assert tries(demo_app) == {}


def test_an_unknown_card_touches_no_lock(demo_app):
    from vendors.keys.numbers import make_card_number

    new_card(demo_app)
    browser = demo_app.test_client()
    for _attempt in range(20):
        answer = send(browser, way="card", card=make_card_number(), pin="123457")
        assert answer.status_code == 422
    assert tries(demo_app) == {}


def test_wrong_pins_are_counted_told_and_forgotten_by_a_right_one(demo_app):
    card = new_card(demo_app)
    client = CarefulClient(demo_app)
    page = client.get(DOOR)
    page = client.submit(page, "Ienākt", 422, card=card.secret, pin=wrong_pin(card))
    assert "vēl 4 mēģinājumi" in page.text
    for _attempt in range(4):
        page = client.submit(page, "Ienākt", 422, pin=wrong_pin(card))
    assert "plkst. 10.01" in page.text
    # While one waits not even the right PIN opens, and nothing is counted.
    client.submit(page, "Ienākt", 422, pin=card.pin)
    forward(demo_app, minutes=1)
    client.submit(page, "Ienākt", pin=card.pin)
    assert list(tries(demo_app).values()) == [(0, 5)]


def test_whoever_forgets_a_pin_a_hundred_times_asks_for_the_office(demo_app):
    card = new_card(demo_app)
    browser = demo_app.test_client()
    for _day in range(MOST_IN_TOTAL // 10):
        for _attempt in range(10):
            with_card(browser, card, wrong_pin(card))
            forward(demo_app, hours=3)
        forward(demo_app, hours=24)
    answer = with_card(demo_app.test_client(), card)
    assert answer.status_code == 422
    assert "birojam" in answer.text
    assert with_card(demo_app.test_client(), new_card(demo_app)).status_code == 303


def test_a_guess_at_a_stolen_pin_is_dear(demo_app, monkeypatch):
    """Other tests pay less for each guess."""
    monkeypatch.setattr(keys, "SCRYPT", COST_OF_A_PIN)
    card = new_card(demo_app)
    assert card.card.pin_hash.startswith("scrypt:32768:8:1$")
    assert with_card(demo_app.test_client(), card, wrong_pin(card)).status_code == 422
    assert with_card(demo_app.test_client(), card).status_code == 303


def wrong_pins_from_outside(app, card, count=1000):
    """Somebody with a copied card tries from many telephones, for weeks."""
    opened = 0
    for number in range(count):
        opened += with_card(app.test_client(), card, f"{number:06}").status_code != 422
        forward(app, minutes=40)
    return opened


def test_a_thousand_wrong_pins_from_outside_do_not_keep_a_known_telephone_out(demo_app):
    card = new_card(demo_app)
    known = demo_app.test_client()
    assert with_card(known, card).status_code == 303
    assert wrong_pins_from_outside(demo_app, card) == 0
    assert is_in(known)
    # Even when its ninety days are over, and the card no longer opens for strangers.
    forward(demo_app, days=120)
    assert not is_in(known)
    assert with_card(demo_app.test_client(), card).status_code == 422
    assert with_card(known, card).status_code == 303
    assert is_in(known)


def test_with_one_count_for_all_strangers_would_keep_the_vendor_out(demo_app, monkeypatch):
    """The twin: without a count of its own the known telephone waits like everybody."""
    monkeypatch.setattr(opening, "_lock_of", lambda _session, card: f"card:{card.id}")
    card = new_card(demo_app)
    known = demo_app.test_client()
    with_card(known, card)
    wrong_pins_from_outside(demo_app, card, count=30)
    assert with_card(known, card).status_code == 422


def test_revoking_a_card_ends_its_sessions_at_once_and_no_others(demo_app):
    card = new_card(demo_app)
    phones = [demo_app.test_client() for _one in range(3)]
    for phone in phones:
        with_card(phone, card)
    other = CarefulClient(demo_app).come_in("siltrasas")
    assert all(is_in(phone) for phone in phones)
    with demo_app.app_context(), database_of(demo_app).writing() as session:
        assert revoke_cards(session, vendor_of(demo_app), moment()) == 1
        session.commit()
    assert not any(is_in(phone) for phone in phones)
    other.get("/lv/mans/")
    answer = with_card(phones[0], card)
    assert (answer.status_code, "Šī karte" in answer.text) == (422, True)


def test_without_ending_them_sessions_would_outlive_their_card(demo_app, monkeypatch):
    """The twin: a session that does not know by which card it came stays open."""
    import app.accounts as accounts

    def forgetful(*given, card_id=None, **named):
        return accounts.remember_phone(*given, **named)

    monkeypatch.setattr(opening, "remember_phone", forgetful)
    card = new_card(demo_app)
    phone = demo_app.test_client()
    with_card(phone, card)
    new_card(demo_app)
    assert is_in(phone)


def test_a_new_card_revokes_the_older_one(demo_app):
    older = new_card(demo_app)
    phone = demo_app.test_client()
    with_card(phone, older)
    newer = new_card(demo_app)
    assert not is_in(phone)
    assert with_card(phone, older).status_code == 422
    assert with_card(phone, newer).status_code == 303


def test_nothing_opens_for_a_vendor_who_is_archived(demo_app):
    card = new_card(demo_app)
    phone = demo_app.test_client()
    with_card(phone, card)
    change_vendor(demo_app, state="archived")
    assert not is_in(phone)
    assert with_card(phone, card).status_code == 422


def test_each_coming_in_has_a_fresh_token_and_ends_the_one_before(demo_app):
    card = new_card(demo_app)
    phone = demo_app.test_client()
    planted = "planted-by-somebody-else"
    with demo_app.app_context():
        from app.accounts import cookie_name

        phone.set_cookie(cookie_name(), planted)
    with_card(phone, card)
    first = token_of(demo_app, phone)
    with_card(phone, card)
    assert len({planted, first, token_of(demo_app, phone)}) == 3
    assert len(sessions_of(demo_app)) == 1


def test_ninety_days_count_from_the_last_form_and_never_from_a_page(demo_app):
    card = new_card(demo_app)
    phone = demo_app.test_client()
    with_card(phone, card)
    begun = phone_of(demo_app, phone)
    forward(demo_app, days=80)
    assert is_in(phone)
    assert phone_of(demo_app, phone).expires_at == begun.expires_at
    answer = send(phone, "/lv/mans/talruni", which="others", idempotency_key="0123456789abcdef0123")
    assert answer.status_code == 303
    assert phone_of(demo_app, phone).expires_at == begun.expires_at + timedelta(days=80)
    forward(demo_app, days=89)
    assert is_in(phone)
    forward(demo_app, days=2)
    assert not is_in(phone)


def test_the_cookie_is_for_our_server_alone_and_outlives_the_ninety_days(demo_app):
    cookie = with_card(demo_app.test_client(), new_card(demo_app)).headers["Set-Cookie"]
    assert cookie.startswith("__Host-tirgus=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=34560000"} <= set(
        cookie.split("; ")
    )


def test_a_form_of_another_site_brings_nobody_in(demo_app):
    card = new_card(demo_app)
    phone = demo_app.test_client()
    answer = phone.post(
        DOOR,
        data={"way": "card", "card": card.secret, "pin": card.pin},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 403
