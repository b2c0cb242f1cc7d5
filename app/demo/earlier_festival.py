"""The demonstration's rose festival of the summer before: who stood there, and who did not come.

Invented, so that the criteria of a call have something to look back on.
"""

from datetime import date, time, timedelta

from sqlmodel import Session, select

from app.demo.events import read_table
from app.demo.places import SINCE, Places
from market.days.festivals import rose_festival_days
from market.days.models import Festival, FestivalFields, MarketDay, Placement, Presence
from vendors.fields import identity
from vendors.registry.models import Vendor

HOURS = ((time(10), time(20)), (time(9), time(22)), (time(10), time(17)))
STOOD = (
    "vaska-rits",
    "podnieka-modra-darbnica",
    "grozu-pinejs-vilnis",
    "devinzales",
    "vilnas-puse",
    "vetras-lasijums",
    "septinas-ogles",
    "raibalas",
    "karsta-plats",
)
MISSED = {"karsta-plats": (2,), "greizais-zars": (0, 1, 2)}
"""Which days (from 0) somebody had a place and neither came nor said so."""


def write_earlier_festival(session: Session, places: Places, festival: Festival) -> None:
    """Write the rose festival a year before one, if the plan is that old; the caller commits."""
    first_day, last_day = rose_festival_days(festival.first_day.year - 1)
    if first_day < SINCE:
        return
    earlier = _festival(first_day, last_day)
    session.add(earlier)
    session.flush()
    ids = dict(session.exec(select(Vendor.slug, Vendor.id)).all())
    for number, (opens, closes) in enumerate(HOURS):
        day = first_day + timedelta(days=number)
        session.add(
            MarketDay(
                site_id=identity(places.square),
                day=day,
                kind="festival",
                opens=opens,
                closes=closes,
                festival_id=identity(earlier),
            )
        )
        _write_day(session, places, day, number, ids)
    session.flush()


def _festival(first_day: date, last_day: date) -> Festival:
    table = read_table("festival.toml")
    fields = FestivalFields(
        slug=f"rozu-svetki-{first_day.year}",
        name={
            language: text.format(year=first_day.year) for language, text in table["name"].items()
        },
        first_day=first_day,
        last_day=last_day,
        intro=table["intro"],
    )
    return Festival(**fields.model_dump())


def _write_day(
    session: Session, places: Places, day: date, number: int, ids: dict[str, int | None]
) -> None:
    """Everybody has the same tent of the ring on all days."""
    coming = [slug for slug in (*STOOD, *sorted(MISSED.keys() - set(STOOD))) if ids.get(slug)]
    for slug, stall in zip(coming, places.ring, strict=False):
        vendor_id = ids[slug] or 0
        session.add(
            Placement(day=day, stall_id=identity(stall), vendor_id=vendor_id, source="plan")
        )
        if number in MISSED.get(slug, ()):
            session.add(Presence(vendor_id=vendor_id, day=day, state="absent", no_show=True))
