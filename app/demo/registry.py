"""The demonstration's registry: who has applied, who is paused, and what waits to be read."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session, select

from vendors.fields import identity
from vendors.listings.models import Good, GoodFields
from vendors.registry.models import Vendor, VendorFields
from vendors.stories.models import Story, StoryDraft, StoryVersion

APPLICANTS: tuple[dict[str, Any], ...] = (
    {
        "slug": "varpu-virtuve",
        "name": "Mājražotava „Vārpu virtuve“",
        "kind": "home_producer",
        "standing": "guest",
        "parish_code": "0051560",
        "contact_person": "Sarma Izdomātā",
        "email": "varpu-virtuve@example.org",
        "farm_address": "„Vārpas“",
        "needs_width_m": 2.0,
        "needs_power_kw": 1.5,
        "needs_cooling": True,
        "subject": "bread_oven",
        "office_note": "Gribētu stāvēt sestdienās. PVD reģistrācija vēl nav saņemta.",
    },
    {
        "slug": "pelava-un-pods",
        "name": "Keramikas darbnīca „Pelava un pods“",
        "kind": "craftsperson",
        "standing": "festival",
        "other_place": "Talsu novads",
        "contact_person": "Gatis Paraugs",
        "email": "pelava-un-pods@example.org",
        "needs_width_m": 3.0,
        "tent": "own",
        "needs_vehicle": True,
        "subject": "pottery_wheel",
    },
)
PAUSED: dict[str, Any] = {
    "slug": "klusie-mezi",
    "name": "Medus sēta „Klusie meži“",
    "kind": "own_grown",
    "standing": "regular",
    "parish_code": "0051400",
    "contact_person": "Vija Izdomātā",
    "since": 2014,
    "subject": "hives",
}
LATEST = 900
"""In the order of seniority they come after everybody else."""

DRAFT = (
    "Esmu Sarma, un mūsu virtuvē smaržo pēc rudzu maizes jau no četriem rītā. Mīklu raudzēju "
    "vecmāmiņas abrā, kas pārdzīvojusi trīs mājas un vienu plūdu gadu."
)
QUESTION = "Pajautājiet man, kāpēc abru nekad nemazgā ar ziepēm."
TOLD_ANEW = "cetras-paminas"
"""Who told the story anew; the office has not read it."""

EARLIER = (
    "Esmu Skaidrīte, aužu Kandavā. Stelles stāv istabā, kur citiem ir dīvāns un televizors. "
    "Dvieli noaužu no rīta līdz pusdienām."
)


def write_registry(session: Session, today: date) -> None:
    """Write who waits for the office and what it should read; the caller commits."""
    first = _vendor(session, APPLICANTS[0], "applied", LATEST)
    _vendor(session, APPLICANTS[1], "applied", LATEST + 1)
    _vendor(session, PAUSED, "paused", LATEST - 1)
    fields = GoodFields(
        category="bread",
        kind="rye_bread",
        name={"lv": "Rudzu maize abrā raudzēta", "en": "Rye bread raised in a trough"},
        price_cents=480,
        origin="made",
        confirmed_on=today,
    )
    session.add(Good(vendor_id=identity(first), **fields.model_dump()))
    sent = datetime.combine(today - timedelta(days=1), time(15), UTC)
    session.add(
        StoryDraft(
            vendor_id=identity(first),
            language="lv",
            short=DRAFT,
            question=QUESTION,
            changed_at=sent,
            waiting_since=sent,
        )
    )
    _tell_anew(session, today)


def _vendor(session: Session, row: dict[str, Any], state: str, seniority: int) -> Vendor:
    fields = VendorFields(**row, state=state, seniority=seniority)
    vendor = Vendor(**fields.model_dump())
    session.add(vendor)
    session.flush()
    return vendor


def _tell_anew(session: Session, today: date) -> None:
    """One story is new since a few days; the one before is still kept."""
    found = session.exec(select(Vendor).where(Vendor.slug == TOLD_ANEW)).one()
    mine = Story.vendor_id == identity(found), Story.language == "lv"
    story = session.exec(select(Story).where(*mine)).one()
    story.looked_at = None
    session.add(story)
    session.add(
        StoryVersion(
            vendor_id=identity(found),
            language="lv",
            short=EARLIER,
            question=story.question,
            longer=story.longer,
            whole=story.whole,
            replaced_at=datetime.combine(today - timedelta(days=2), time(16), UTC),
        )
    )
