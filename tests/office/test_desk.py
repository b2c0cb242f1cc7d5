"""The office's desk and its list of vendors."""

from datetime import date

from sqlmodel import select

from app.clock import moment
from app.records import Letter
from market.days.models import Absence, Incident, Presence
from tests.asking import changing, database_of, holders_on, vendors_of
from vendors.registry.models import Vendor

TODAY = date(2026, 11, 24)


def test_the_desk_says_who_is_not_coming_and_who_is_late(organiser):
    holders = sorted(
        {vendor.slug: vendor for vendor in holders_on(organiser.app, TODAY).values()}.values(),
        key=lambda v: v.slug,
    )
    late, away, long_away = holders[:3]
    with changing(organiser.app) as session:
        for row in session.exec(select(Presence).where(Presence.day == TODAY)).all():
            session.delete(row)
        session.flush()
        session.add(Presence(vendor_id=late.id, day=TODAY, state="late"))
        session.add(Presence(vendor_id=away.id, day=TODAY, state="absent"))
        session.add(Absence(vendor_id=long_away.id, first_day=TODAY, last_day=TODAY))
    page = organiser.get("/lv/parvalde/")
    today = page.main.first("div", of_class="glances").all("section")[0].text
    for vendor in (late, away, long_away):
        assert vendor.name in today
    assert "Nenāks (2)" in today
    assert "Kavēsies (1)" in today
    assert f"{len(holders) - 2} " in today


def test_vendors_are_found_in_every_state_without_diacritics(organiser):
    with changing(organiser.app) as session:
        vendor = session.exec(select(Vendor).where(Vendor.slug == "siltrasas")).one()
        vendor.state, vendor.name = "archived", "Ķēniņa Žubītes"
        session.add(vendor)
    page = organiser.get("/lv/parvalde/tirgotaji?q=kenina%20zub")
    assert [one.name for one in page.main.first("ul", of_class="registry").all("a")] == [
        "Ķēniņa Žubītes"
    ]
    assert "Ķēniņa" in organiser.get("/lv/parvalde/tirgotaji?stavoklis=archived").text
    assert "Ķēniņa" not in organiser.get("/lv/parvalde/tirgotaji?stavoklis=approved&q=kenina").text


def test_all_vendors_are_listed_by_the_latvian_alphabet(organiser):
    from app.languages import sort_key

    names = []
    for number in range(1, 9):
        page = organiser.get(f"/lv/parvalde/tirgotaji?lapa={number}")
        found = [one.name for one in page.main.first("ul", of_class="registry").all("a")]
        names += [name for name in found if name not in names]
    assert names == sorted(names, key=sort_key)
    with database_of(organiser.app).reading() as session:
        assert len(names) == len(set(session.exec(select(Vendor.name))))


def _waits(client):
    """What waits, with where each line leads."""
    page = client.get("/lv/parvalde/")
    found = page.main.all("section", of_class="waits")
    return {one.name: one["href"] for one in found[0].all("a")} if found else {}


def test_the_desk_says_what_waits_and_leads_to_where_it_is_settled(organiser):
    before = _waits(organiser)
    with organiser.app.app_context(), changing(organiser.app) as session:
        for row in session.exec(select(Vendor).where(Vendor.state == "applied")).all():
            row.state = "approved"
            session.add(row)
        for row in session.exec(select(Presence).where(Presence.day == TODAY)).all():
            session.delete(row)
        for row in session.exec(select(Incident)).all():
            session.delete(row)
        session.flush()
        vendors = vendors_of(organiser.app)
        session.add(Incident(day=TODAY, note="Kabelis.", at=moment()))
        session.add(Presence(vendor_id=vendors[0].id, day=TODAY, state="absent", no_show=True))
        session.add(
            Letter(
                once="x", kind="link", recipient="a@b.lv", subject="s", body="b",
                made_at=moment(), tries=3, claimed_at=moment(),
            )
        )  # fmt: skip
    found = _waits(organiser)
    assert found["1 notikums nav nokārtots"] == "/lv/parvalde/notikumi"
    assert found["Šodien neatnāca 1 tirgotājs"] == "/lv/parvalde/sodien?rada=nav"
    assert not [words for words in found if "ieteic" in words or "Pieteik" in words]
    assert "vēstuli neizdevās nosūtīt" in organiser.get("/lv/parvalde/").text
    for address in {*before.values(), *found.values()}:
        organiser.get(address)
