"""Working in a vendor's name: a bar says for whom, the log says who and how it was wished."""

import itertools

import pytest
from sqlmodel import select

from app.records import Change
from tests.asking import changing, database_of
from tests.careful_client import CarefulClient
from vendors.keys.models import KnownPhone
from vendors.registry.models import Vendor

SLUG = "siltrasas"
NAME = "Dārzniecība „Siltrasas“"
PAGE = f"/lv/parvalde/tirgotaji/{SLUG}"


@pytest.fixture
def probe(demo_app):
    """The service with one small form that writes a vendor's year."""

    @demo_app.post("/lv/mans/proba", endpoint="own.probe")
    def write():
        from app.sending import saving

        with saving() as save:
            vendor = save.session.get_one(Vendor, save.account.vendor_id)
            save.change(vendor, {"since": 1987}, action="year")
            return save.done("/lv/mans/", "Saglabāts.")

    return demo_app


@pytest.mark.parametrize(
    ("source", "words", "log"),
    [
        ("paper", "no papīra veidlapas", "Ilze organiser, no papīra veidlapas"),
        ("spoken", "kā teica tirgotājs", "Ilze organiser, kā teica tirgotājs"),
        ("office", "birojs pats", "Ilze organiser, birojs pats"),
    ],
)
def test_the_bar_says_for_whom_and_the_log_says_who_and_how(probe, organiser, source, words, log):
    organiser.submit(organiser.get(PAGE), "Strādāt tirgotāja vārdā", source=[source])
    page = organiser.get("/lv/mans/")
    assert f"Jūs strādājat tirgotāja vārdā: {NAME}" in page.text
    assert words in page.text
    organiser.send("/lv/mans/proba", {})
    back = organiser.submit(organiser.get("/lv/mans/"), "Beigt")
    assert back.h1 == NAME
    assert log in back.text
    assert "kopš gada:" in back.text
    assert "→" in back.text
    assert organiser.fetch("/lv/mans/", 302).location.endswith("/lv/parvalde/tirgotaji")
    with database_of(probe).reading() as session:
        [change] = session.exec(select(Change)).all()
        assert (change.source, change.person_id is not None) == (source, True)


def test_the_office_undoes_what_a_vendor_did(probe, organiser):
    CarefulClient(probe).come_in(SLUG).send("/lv/mans/proba", {})
    page = organiser.get(PAGE)
    assert "tirgotājs" in page.text
    organiser.submit(page, "Atcelt")
    with database_of(probe).reading() as session:
        assert session.exec(select(Vendor).where(Vendor.slug == SLUG)).one().since != 1987


def test_no_change_of_another_vendor_is_undone_on_this_page(probe, organiser):
    CarefulClient(probe).come_in("rasas-stunda").send("/lv/mans/proba", {})
    with database_of(probe).reading() as session:
        batch = session.exec(select(Change.batch)).one()
    organiser.send(f"{PAGE}/atsaukt", {"batch": batch}, 404)
    organiser.send(f"{PAGE}/atsaukt", {"batch": "unknown"}, 404)


def test_how_it_was_wished_has_to_be_said(organiser):
    organiser.send(f"{PAGE}/stradat", {}, 422)
    organiser.send(f"{PAGE}/stradat", {"source": "own"}, 422)


def test_nobody_works_for_a_vendor_who_has_left(demo_app, organiser):
    organiser.send(f"{PAGE}/stradat", {"source": "paper"})
    with changing(demo_app) as session:
        vendor = session.exec(select(Vendor).where(Vendor.slug == SLUG)).one()
        vendor.state = "archived"
        session.add(vendor)
    organiser.fetch("/lv/mans/", 302)
    organiser.send(f"{PAGE}/stradat", {"source": "paper"}, 403)
    assert "Strādāt tirgotāja vārdā" not in organiser.get(PAGE).text


@pytest.mark.parametrize("role", ["reader"])
def test_who_may_only_look_changes_nothing(person_of_office, role):
    client = person_of_office(role)
    page = client.get(PAGE)
    assert NAME in page.text
    assert not page.main.all("form")
    for act in ("stradat", "kods", "karte-anulet", "iziet-visos", "atsaukt"):
        client.send(f"{PAGE}/{act}", {"source": "paper"}, 403)


def test_a_paper_form_is_entered_in_its_order(organiser):
    page = organiser.get(f"{PAGE}/veidlapa")
    steps = [one.text for one in page.main.first("ol").all("li")]
    page = organiser.submit(page, "Strādāt tirgotāja vārdā", source=["paper"])
    links = page.main.first("ol").all("a")
    assert [one.name for one in links] == steps
    for here, following in itertools.pairwise(links):
        assert organiser.get(here["href"]).link("Tālāk veidlapā") == following["href"]


def test_a_code_is_shown_once_and_opens_once(demo_app, organiser):
    page = organiser.submit(organiser.get(PAGE), "Iedot kodu pa tālruni", 200)
    code = page.main.first("p", of_class="read-out").text
    assert len(code.replace(" ", "")) == 8
    again = organiser.get(PAGE)
    assert code not in again.text
    assert "Kods ir iedots" in again.text
    assert "Kods iedots" in again.text


def test_all_telephones_of_a_vendor_are_ended_at_once(demo_app, organiser):
    vendor = CarefulClient(demo_app).come_in(SLUG)
    other = CarefulClient(demo_app).come_in("rasas-stunda")
    vendor.get("/lv/mans/")
    said = organiser.submit(organiser.get(PAGE), "Iziet visos tālruņos")
    assert "Izgājis 1 tālrunis." in said.text
    vendor.fetch("/lv/mans/", 302)
    other.get("/lv/mans/")
    with database_of(demo_app).reading() as session:
        assert session.exec(select(KnownPhone).where(KnownPhone.ended_at == None)).all()  # noqa: E711


def test_the_office_shows_nothing_again_that_a_vendor_has_hidden(demo_app, organiser):
    with changing(demo_app) as session:
        vendor = session.exec(select(Vendor).where(Vendor.slug == SLUG)).one()
        vendor.phone, vendor.show_phone = "+37126123456", True
        session.add(vendor)
    client = CarefulClient(demo_app).come_in(SLUG)
    client.send("/lv/mans/mani-dati/talrunis", {"shown": "0"})
    with database_of(demo_app).reading() as session:
        batch = session.exec(select(Change.batch)).one()
    organiser.send(f"{PAGE}/atsaukt", {"batch": batch}, 403)
    organiser.send(f"{PAGE}/stradat", {"source": "office"})
    organiser.send("/lv/mans/mani-dati/talrunis", {"shown": "1"}, 403)
    organiser.send("/lv/mans/atsaukt", {"batch": batch}, 403)
    organiser.send(f"{PAGE}/stradat", {"source": "spoken"})
    organiser.send("/lv/mans/mani-dati/talrunis", {"shown": "1"})
    client.send("/lv/mans/mani-dati/talrunis", {"shown": "0"})
