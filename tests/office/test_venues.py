"""Venues at the desk: one more, corrected, kept while something is held there."""

from sqlmodel import select

from market.programme.models import Venue
from tests.asking import database_of

VENUES = "/lv/parvalde/programma/vietas"
STAGE = {"name.lv": "Estrāde „Rožkalns“", "name.en": "Open-air stage", "address": "Parka iela 1",
         "parish_code": "", "place": "56.9701, 23.1554"}  # fmt: skip


def kept(app, slug):
    """The venue with this slug as it stands in the database, or None."""
    with database_of(app).reading() as session:
        row = session.exec(select(Venue).where(Venue.slug == slug)).first()
        session.expunge_all()
    return row


def test_a_venue_is_added_corrected_and_removed_at_the_desk(demo_app, organiser):
    assert "Norises vietas" in organiser.get("/lv/parvalde/programma").text
    for wrong in ({"name.lv": ""}, {"place": "56.97"}, {"place": "5, 23"}, {"parish_code": "x"}):
        organiser.send(VENUES, {**STAGE, **wrong}, 422)
    organiser.send(VENUES, STAGE)
    venue = kept(demo_app, "estrade-rozkalns")
    assert (venue.name["en"], venue.lat, venue.lon) == ("Open-air stage", 56.9701, 23.1554)
    page = f"{VENUES}/{venue.id}"
    first, older = organiser.get(page), organiser.get(page)
    organiser.submit(first, "Saglabāt", address="Parka iela 3")
    stale = organiser.submit(older, "Saglabāt", 409, address="Parka iela 5")
    assert "Parka iela 3" in stale.text
    assert any(one["value"] == "Parka iela 5" for one in stale.root.walk())
    organiser.submit(stale, "Saglabāt", address="Parka iela 5")
    assert kept(demo_app, "estrade-rozkalns").address == "Parka iela 5"
    said = organiser.submit(organiser.get(page), "Izņemt šo norises vietu")
    assert kept(demo_app, "estrade-rozkalns") is None
    organiser.submit(said, "Atcelt")
    assert kept(demo_app, "estrade-rozkalns").address == "Parka iela 5"


def test_a_venue_where_something_is_held_stays(demo_app, organiser):
    venue = kept(demo_app, "katrinas-laukums")
    page = organiser.get(f"{VENUES}/{venue.id}")
    refused = organiser.submit(page, "Izņemt šo norises vietu", 409)
    assert "Šo norises vietu nevar izņemt: tur ir" in refused.text
    assert kept(demo_app, "katrinas-laukums") is not None
