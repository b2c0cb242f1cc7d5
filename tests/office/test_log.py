"""The log of the whole market: who, what, before and after, in words; and the button back."""

from datetime import timedelta

from sqlmodel import select

from app.clock import moment
from app.database import database
from app.records import Change
from market.days.models import Notice, Placement
from market.places.models import Stall
from tests.asking import changing, database_of
from tests.careful_client import CarefulClient
from vendors.keys.models import Person
from vendors.registry.models import Vendor

LOG = "/lv/parvalde/izmainas"
NAME = "Dārzniecība „Siltrasas“"
FRIDAY = "2026-11-27"


def add_notice(client, words="Ceturtdien tirgus līdz 12.", **typed):
    """A notice as the office adds one."""
    form = {"lv": words, "first_day": FRIDAY, "last_day": FRIDAY, **typed}
    return client.send("/lv/parvalde/pazinojumi", form)


def of_the_vendor(app):
    """A vendor changes something of their own."""
    with database_of(app).reading() as session:
        vendor = session.exec(select(Vendor).where(Vendor.slug == "rasas-stunda")).one()
    form = {"name": vendor.name, "since": "1987", "version": vendor.version}
    CarefulClient(app).come_in("rasas-stunda").send("/lv/mans/par-mani", form)


def place(app, number="A3"):
    """A change of a placement, as the desk writes it."""
    with app.app_context(), changing(app) as session:
        vendor = session.exec(select(Vendor).where(Vendor.slug == "siltrasas")).one()
        stall = session.exec(select(Stall).where(Stall.number == number)).one()
        person = session.exec(select(Person)).first()
        for old in session.exec(select(Placement).where(Placement.stall_id == stall.id)).all():
            session.delete(old)
        session.flush()
        row = Placement(day=moment().date() + timedelta(3), stall_id=stall.id, vendor_id=vendor.id)
        session.add(row)
        session.flush()
        session.add(
            Change(
                batch="p" * 32, at=moment(), vendor_id=vendor.id, action="place", source="desk",
                person_id=person.id, table="placement", row=row.id,
                after=row.model_dump(mode="json"),
            )
        )  # fmt: skip


def test_a_placement_reads_like_a_sentence(demo_app, organiser):
    place(demo_app)
    page = organiser.get(LOG)
    entry = page.main.first("section")
    assert entry.first("h2").text == "Iedalīta vieta"
    assert NAME in entry.text
    assert "A3 · piektdiena, 2026. gada 27. novembris" in entry.text
    assert "Ilze organiser" in entry.text


def test_what_the_desk_did_is_undone_from_the_log(demo_app, organiser):
    add_notice(organiser)
    page = organiser.submit(organiser.get(f"{LOG}?par=notice"), "Atcelt")
    assert page.address.startswith(f"{LOG}?par=notice")
    assert "Atcelts." in page.text
    assert "Nav" not in organiser.get("/lv/parvalde/pazinojumi").h1
    assert "Ceturtdien" not in organiser.get("/lv/parvalde/pazinojumi").text


def test_before_and_after_are_told_in_words(organiser):
    add_notice(organiser)
    with database_of(organiser.app).reading() as session:
        number = max(session.exec(select(Notice.id)).all())
    page = organiser.get(f"/lv/parvalde/pazinojumi/{number}")
    organiser.submit(page, "Saglabāt", last_day=["2026-11-28"])
    text = organiser.get(LOG).main.first("section").text
    assert "pēdējā diena" in text
    assert "piektdiena, 2026. gada 27. novembris →" in text
    assert "sestdiena, 2026. gada 28. novembris" in text
    assert "Ceturtdien tirgus" in text


def test_the_log_is_chosen_by_person_vendor_subject_and_day(demo_app, organiser, person_of_office):
    head = person_of_office("head")
    add_notice(organiser, "Pirmais paziņojums.")
    add_notice(head, "Otrais paziņojums.")
    place(demo_app)
    of_the_vendor(demo_app)
    with database_of(demo_app).reading() as session:
        mine = session.exec(select(Person).where(Person.role == "head")).one()
    for asked, here, not_here in (
        (f"cilveks={mine.id}", "Otrais", "Pirmais"),
        ("cilveks=own", "Rožu dārzs", "Otrais"),
        ("tirgotajs=siltrasas", NAME, "Pirmais"),
        ("par=placement", NAME, "Rožu dārzs"),
        ("diena=2026-11-24", "Pirmais", "nekas tāds"),
        ("diena=2026-11-23", "nekas tāds", "Pirmais"),
    ):
        text = " ".join(one.text for one in organiser.get(f"{LOG}?{asked}").main.all("section"))
        text = text or organiser.get(f"{LOG}?{asked}").text
        assert here in text, asked
        assert not_here not in text, asked
    for nonsense in (
        "cilveks=x",
        "tirgotajs=nobody",
        "par=person",
        "diena=rit",
        "lapa=99",
        "lapa=-1",
    ):
        organiser.get(f"{LOG}?{nonsense}")


def test_what_a_vendor_did_is_undone_on_the_vendors_page(demo_app, organiser):
    of_the_vendor(demo_app)
    page = organiser.get(LOG)
    assert "Atcelt" not in [one.name for one in page.main.all("button")]
    assert "tirgotāja lapā" in page.text


def test_long_logs_are_paged(demo_app, organiser):
    with demo_app.app_context(), database().writing() as session:
        session.add_all(
            Change(
                batch=f"{number:032}", at=moment() - timedelta(minutes=number), action="notice",
                source="desk", table="notice", row=1, before={"link": "a"}, after={"link": "b"},
            )
            for number in range(95)
        )  # fmt: skip
        session.add(
            Change(
                batch="o" * 32, at=moment() - timedelta(days=31), action="notice", source="desk",
                table="notice", row=1, after={"words": {"lv": "Sen"}},
            )
        )  # fmt: skip
        session.commit()
    sizes = [len(organiser.get(f"{LOG}?lapa={n}").main.all("section")) for n in (1, 2, 3)]
    assert sizes == [40, 40, 15]
    assert "Sen" not in organiser.get(f"{LOG}?lapa=3").text


def test_readers_read_the_log_and_press_nothing(person_of_office, organiser):
    add_notice(organiser)
    page = person_of_office("reader").get(LOG)
    assert "Ceturtdien" in page.text
    assert "Atcelt" not in [one.name for one in page.main.all("button")]
