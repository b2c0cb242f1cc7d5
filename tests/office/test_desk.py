"""The office's desk and its list of vendors."""

from datetime import date

from sqlmodel import select

from market.days.models import Absence, Presence
from tests.asking import changing, holders_on, vendors_of
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
    today = page.main.all("section")[0].text
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
    assert len(names) == len({vendor.name for vendor in vendors_of(organiser.app)})
