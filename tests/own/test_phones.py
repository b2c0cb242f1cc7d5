"""My telephones: told as people would, ended one by one or all others, and going out."""

from tests.careful_client import CarefulClient
from tests.own.coming_in import (
    HEADERS,
    is_in,
    new_card,
    phone_of,
    send,
    sessions_of,
    token_of,
    with_card,
)

PHONES = "/lv/mans/talruni"


def three_phones(app):
    """Three browsers that came in by one card."""
    card = new_card(app)
    found = [app.test_client() for _one in range(3)]
    for phone in found:
        with_card(phone, card)
    return found


def test_the_list_tells_telephones_as_people_would(demo_app):
    client = CarefulClient(demo_app).come_in("siltrasas")
    three_phones(demo_app)
    for address in (PHONES, "/en/mans/talruni"):
        page = client.get(address)
        assert len(page.root.all("section")) == 4
    assert "Android" in page.text
    assert "with the card" in page.text


def test_one_telephone_is_put_out_at_once(demo_app):
    first, second, third = three_phones(demo_app)
    key = {"idempotency_key": "0123456789abcdef0123"}
    answer = send(first, PHONES, which=str(phone_of(demo_app, second).id), **key)
    assert answer.status_code == 303
    assert [is_in(phone) for phone in (first, second, third)] == [True, False, True]


def test_all_others_are_put_out_by_one_button(demo_app):
    phones = three_phones(demo_app)
    client = CarefulClient(demo_app).come_in("siltrasas")
    page = client.submit(client.get(PHONES), "Iziet visos citos")
    assert len(page.root.all("section")) == 1
    assert not any(is_in(phone) for phone in phones)
    client.get("/lv/mans/")


def test_nobody_puts_out_the_telephone_of_another_vendor(demo_app):
    (theirs, *_others) = three_phones(demo_app)
    other = CarefulClient(demo_app).come_in("rasas-stunda")
    other.send(PHONES, {"which": str(phone_of(demo_app, theirs).id)}, 404)
    for nonsense in ("", "-1", "0", "x", "9" * 30, "²"):
        other.send(PHONES, {"which": nonsense}, 404)
    other.send(PHONES, {"which": "others"})
    assert is_in(theirs)


def test_going_out_ends_the_session_takes_the_cookie_and_clears_what_browsers_keep(demo_app):
    (phone, *others) = three_phones(demo_app)
    token = token_of(demo_app, phone)
    assert phone.get("/lv/ieiet/iziet").status_code == 302
    assert is_in(phone)
    answer = send(phone, "/lv/ieiet/iziet")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert token_of(demo_app, phone) == ""
    thief = demo_app.test_client()
    thief.set_cookie("__Host-tirgus", token)
    assert not is_in(thief)
    assert all(is_in(other) for other in others)
    assert len(sessions_of(demo_app)) == 2


def test_the_page_offers_the_way_out_and_back(demo_app):
    client = CarefulClient(demo_app).come_in("siltrasas")
    page = client.submit(client.get(PHONES), "Iziet")
    assert page.h1 == "Ienākt"
    assert "Jūsu lapas ir aizvērtas" in page.text


def test_the_door_tells_whoever_is_in_already(demo_app):
    client = CarefulClient(demo_app).come_in("siltrasas")
    assert "Siltrasas" in client.get("/lv/ieiet").text
    assert client.get("/lv/ieiet").link("Turpināt") == "/lv/mans/"


def test_another_site_can_put_nobody_out(demo_app):
    (phone, *_others) = three_phones(demo_app)
    answer = phone.post("/lv/ieiet/iziet", headers={**HEADERS, "Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert is_in(phone)
