"""Every kind of public page, and the moment at which it is opened."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session, col, select

from app.demo import TEST_TODAY
from market.days.models import Festival, MarketDay, Placement
from market.places.models import RowMove, Stall
from market.programme.models import Event
from market.signs.answers import answer
from market.signs.models import Sign
from market.signs.scene import scene_of
from tests.browser.planting import RETIRED_CODE
from tests.browser.served import MORNING, Served
from vendors.registry.models import OpenDay, Vendor
from vendors.stories.models import Story

Find = Callable[[Session], tuple[str, str]]
"""The address and the moment of a page."""


def _plain(address: str, moment: str = MORNING) -> Find:
    return lambda _session: (address, moment)


def _vendor(session: Session) -> tuple[str, str]:
    """A vendor who is here today and has much to show: an English telling and an open day."""
    slug = session.exec(
        select(Vendor.slug)
        .join(Placement, col(Placement.vendor_id) == Vendor.id)
        .join(OpenDay, col(OpenDay.vendor_id) == Vendor.id)
        .join(Story, col(Story.vendor_id) == Vendor.id)
        .where(Placement.day == TEST_TODAY, Story.language == "en")
    ).first()
    return f"/tirgotaji/{slug}", MORNING


def _vendor_told_in_latvian(session: Session) -> tuple[str, str]:
    told = select(Story.vendor_id).where(Story.language == "en")
    slug = session.exec(select(Vendor.slug).where(col(Vendor.id).not_in(told))).first()
    return f"/tirgotaji/{slug}", MORNING


def _festival(session: Session) -> tuple[str, str]:
    return f"/svetki/{_rose_festival(session).slug}", MORNING


def _rose_festival(session: Session) -> Festival:
    rose = col(Festival.slug).startswith("rozu-svetki-")
    found = select(Festival).where(rose).order_by(col(Festival.first_day).desc())
    return session.exec(found.limit(1)).one()


def _festival_plan(session: Session) -> tuple[str, str]:
    festival = _rose_festival(session)
    return f"/karte?diena={festival.first_day}&laukums=brivibas-laukums&vieta=R7", MORNING


def _programme_of_the_festival(session: Session) -> tuple[str, str]:
    festival = _rose_festival(session)
    return f"/programma?diena={festival.first_day}", MORNING


def _event(state: str) -> Find:
    def find(session: Session) -> tuple[str, str]:
        found = session.exec(select(Event.id).where(Event.state == state)).first()
        found = found or session.exec(select(Event.id)).first()
        return f"/notikums/{found}", MORNING

    return find


def _sign(case: str, moment: str | None = None) -> Find:
    def find(session: Session) -> tuple[str, str]:
        at = moment or _moment_of(case, session)
        signs = select(Sign).where(col(Sign.retired_on).is_(None)).order_by(col(Sign.id))
        for sign in session.exec(signs).all():
            scene = scene_of(session, sign, datetime.fromisoformat(at))
            if type(answer(scene)).__name__ == case:
                return f"/S/{sign.code}", at
        raise LookupError(f"the demonstration has no sign that answers {case} at {at}")

    return find


def _moment_of(case: str, session: Session) -> str:
    if case == "DayCancelled":
        day = session.exec(select(MarketDay.day).where(col(MarketDay.cancelled))).first()
    else:
        day = session.exec(select(RowMove.first_day)).first()
    return f"{day}T10:00"


PAGES: dict[str, Find] = {
    "today": _plain("/"),
    "today closed": _plain("/", "2026-11-25T10:00"),
    "vendors": _plain("/tirgotaji"),
    "vendors found": _plain("/tirgotaji?q=medus&sodien=1"),
    "vendors not found": _plain("/tirgotaji?q=ananasi"),
    "vendor": _vendor,
    "vendor told in Latvian": _vendor_told_in_latvian,
    "stalls": _plain("/karte?vieta=A3"),
    "stalls of the festival": _festival_plan,
    "programme": _plain("/programma"),
    "programme of the festival": _programme_of_the_festival,
    "event": _event("confirmed"),
    "event cancelled": _event("cancelled"),
    "festival": _festival,
    "parishes": _plain("/pagasti"),
    "parish": _plain("/pagasti/engures-pagasts"),
    "parish of nobody": _plain("/pagasti/viesatu-pagasts"),
    "sign: here": _sign("Here", MORNING),
    "sign: before opening": _sign("BeforeOpening", "2026-11-24T07:00"),
    "sign: after closing": _sign("AfterClosing", "2026-11-24T15:00"),
    "sign: away": _sign("Away", MORNING),
    "sign: nobody": _sign("Nobody", MORNING),
    "sign: closed": _sign("Closed", "2026-11-25T10:00"),
    "sign: day cancelled": _sign("DayCancelled"),
    "sign: row moved": _sign("RowMoved"),
    "sign: festival stall": _sign("FestivalStall", MORNING),
    "sign: not on plan": _sign("NotOnPlan", MORNING),
    "sign: retired": _plain(f"/S/{RETIRED_CODE}"),
    "sign field": _plain("/S"),
    "sign field with error": _plain("/S?kods=A2B3C"),
    "about": _plain("/par"),
    "privacy": _plain("/privatums"),
    "accessibility": _plain("/pieklustamiba"),
    "components": _plain("/par/komponentes"),
    "no such page": _plain("/nav-tadas"),
}


def address_of(market: Served, name: str, language: str = "lv") -> str:
    """The address of a page in a language; the market's clock is set to the page's moment."""
    with market.database.reading() as session:
        address, moment = PAGES[name](session)
    market.at(moment)
    return f"/{language}{address}"


def stall_of_today(market: Served) -> str:
    """The number of a stall that is taken today."""
    with market.database.reading() as session:
        found = session.exec(
            select(Stall.number)
            .join(Placement, col(Placement.stall_id) == Stall.id)
            .where(Placement.day == TEST_TODAY)
            .order_by(col(Stall.id))
        ).first()
    return str(found)
