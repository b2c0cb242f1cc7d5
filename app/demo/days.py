"""The demonstration's days: who stands where, who said what, and what the office announces."""

from datetime import date, time, timedelta

from sqlmodel import Session

from app.demo.holdings import write_filled_days, write_holdings
from app.demo.people import Seller
from app.demo.places import MARKET_WEEKDAYS, Places
from market.days.models import Festival, MarketDay, Notice, Placement, Presence
from market.places.models import RowMove, Stall, Zone
from market.places.queries import zone_with_code
from vendors.fields import identity

PAST, AHEAD = timedelta(days=42), timedelta(days=70)
TABLE_M = 2.2
CHRISTMAS = ((12, 25), (12, 26), (1, 1))
FESTIVAL_HOURS = ((time(10), time(20)), (time(9), time(22)), (time(10), time(17)))


def write_days(
    session: Session, today: date, places: Places, sellers: list[Seller], festival: Festival
) -> None:
    """Write placements from six weeks ago to ten weeks ahead, and the days of the festival."""
    closed = _write_exceptions(session, today, places)
    holders = _holders(sellers, places)
    write_holdings(session, holders)
    write_filled_days(session, identity(places.market), today - PAST, today + AHEAD)
    for step in range(-PAST.days, AHEAD.days + 1):
        day = today + timedelta(days=step)
        if day not in closed and not festival.first_day <= day <= festival.last_day:
            _write_market_day(session, day, holders, places)
    _write_festival_days(session, places, sellers, holders, festival)
    _write_presences(session, today, sellers)
    _write_move(session, today, places)
    _write_notices(session, today)
    session.flush()


def market_days(start: date, count: int) -> list[date]:
    """The next market days of the demonstration's weekly pattern, from a day on."""
    days = (start + timedelta(days=step) for step in range(count * 4))
    return [day for day in days if day.weekday() in MARKET_WEEKDAYS.values()][:count]


def _write_exceptions(session: Session, today: date, places: Places) -> set[date]:
    """Holidays without a market, and a day three weeks ago that a storm cancelled."""
    storm = market_days(today - timedelta(days=21), 1)[0]
    words = {
        "lv": "Vētras dēļ tirgus šodien nenotiek.",
        "en": "There is no market today because of the storm.",
    }
    session.add(MarketDay(site_id=identity(places.market), day=storm, cancelled=True, words=words))
    closed = {storm}
    for year in (today.year, today.year + 1):
        for month, day_of_month in CHRISTMAS:
            day = date(year, month, day_of_month)
            if abs(day - today) < AHEAD and day.weekday() in MARKET_WEEKDAYS.values():
                session.add(MarketDay(site_id=identity(places.market), day=day))
                closed.add(day)
    return closed


def _holders(sellers: list[Seller], places: Places) -> dict[int, list[tuple[Seller, list[Stall]]]]:
    """For each weekday, who has which stalls: season holders first, and always the same stall."""
    own: dict[int | None, list[Stall]] = {}
    by_weekday: dict[int, list[tuple[Seller, list[Stall]]]] = {}
    for name, weekday in MARKET_WEEKDAYS.items():
        free = {kind: list(stalls) for kind, stalls in places.by_kind.items()}
        coming = [seller for seller in sellers if name in seller.market_days]
        kept = {stall.number for seller in coming for stall in own.get(seller.vendor.id, [])}
        free = {
            kind: [stall for stall in stalls if stall.number not in kept]
            for kind, stalls in free.items()
        }
        for seller in coming:
            if seller.vendor.id not in own:
                own[seller.vendor.id] = _take(seller, free)
            by_weekday.setdefault(weekday, []).append((seller, own[seller.vendor.id]))
    return by_weekday


def _take(seller: Seller, free: dict[str, list[Stall]]) -> list[Stall]:
    """The next free stall of the wished kind; a table is too short for those who need more."""
    for kind in (seller.place, "table", "ground", "pavilion"):
        stalls = free.get(kind, [])
        wanted = 2 if kind == "table" and seller.vendor.needs_width_m > TABLE_M else 1
        if len(stalls) >= wanted:
            taken, free[kind] = stalls[:wanted], stalls[wanted:]
            return taken
    return []


def _write_market_day(
    session: Session,
    day: date,
    holders: dict[int, list[tuple[Seller, list[Stall]]]],
    places: Places,
    without: frozenset[int] = frozenset(),
) -> None:
    given: set[int | None] = set()
    for seller, stalls in holders.get(day.weekday(), []):
        week = day.isocalendar().week
        guest_rests = seller.vendor.standing == "guest" and (week + (identity(seller.vendor))) % 2
        if guest_rests or (identity(seller.vendor)) in without:
            continue
        for stall in stalls:
            if stall.id not in given:
                _place(session, day, stall, seller)
                given.add(stall.id)


def _place(
    session: Session, day: date, stall: Stall, seller: Seller, source: str | None = None
) -> None:
    source = source or ("season" if seller.vendor.standing == "season" else "weekly")
    session.add(
        Placement(
            day=day, stall_id=identity(stall), vendor_id=identity(seller.vendor), source=source
        )
    )


def _write_festival_days(
    session: Session,
    places: Places,
    sellers: list[Seller],
    holders: dict[int, list[tuple[Seller, list[Stall]]]],
    festival: Festival,
) -> None:
    """On Brīvības laukums the festival's sellers; on the market others take their stalls."""
    guests = [seller for seller in sellers if seller.festival]
    away = frozenset(identity(seller.vendor) for seller in guests)
    step_in = [seller for seller in sellers if seller.vendor.standing == "guest"]
    for number, (opens, closes) in enumerate(FESTIVAL_HOURS):
        day = festival.first_day + timedelta(days=number)
        session.add(
            MarketDay(
                site_id=identity(places.square),
                day=day,
                kind="festival",
                opens=opens,
                closes=closes,
                festival_id=identity(festival),
            )
        )
        _write_ring(session, day, places, guests + _free_on(day, sellers))
        _write_market_day(session, day, holders, places, without=away)
        _step_in(session, day, holders, away, step_in)


def _free_on(day: date, sellers: list[Seller]) -> list[Seller]:
    """Who is not a seller of the festival, but has no stall at the market on its day either."""
    return [
        seller
        for seller in sellers
        if not seller.festival
        and day.weekday() not in {MARKET_WEEKDAYS[name] for name in seller.market_days}
    ]


def _write_ring(session: Session, day: date, places: Places, sellers: list[Seller]) -> None:
    """Tents around the rose wreath, two side by side for those who need three metres or more."""
    free = list(places.ring)
    for seller in sellers:
        wanted = 2 if seller.vendor.needs_width_m >= 3 else 1
        for stall in free[:wanted]:
            _place(session, day, stall, seller, "plan")
        free = free[wanted:]


def _step_in(
    session: Session,
    day: date,
    holders: dict[int, list[tuple[Seller, list[Stall]]]],
    away: frozenset[int],
    guests: list[Seller],
) -> None:
    """Guests take the stalls of those who are at the festival on this day."""
    session.flush()
    freed = [
        stalls[0]
        for seller, stalls in holders.get(day.weekday(), [])
        if stalls and seller.vendor.id in away
    ]
    busy = {
        seller.vendor.id
        for seller, _ in holders.get(day.weekday(), [])
        if seller.vendor.id not in away
    }
    waiting = [one for one in guests if one.vendor.id not in busy | away]
    for seller, stall in zip(waiting, freed, strict=False):
        _place(session, day, stall, seller, "hand")


def _write_presences(session: Session, today: date, sellers: list[Seller]) -> None:
    """Of those who come today most are here, one is late, two stay at home."""
    coming = [
        seller
        for seller in sellers
        if today.weekday() in {MARKET_WEEKDAYS[name] for name in seller.market_days}
    ]
    for number, seller in enumerate(coming):
        state = {4: "late", 7: "absent", 15: "absent"}.get(number, "present")
        session.add(Presence(vendor_id=identity(seller.vendor), day=today, state=state))


def _write_move(session: Session, today: date, places: Places) -> None:
    """The cars stand elsewhere on one day of next week."""
    zone: Zone = zone_with_code(session, "S")
    day = market_days(today + timedelta(days=6), 1)[0]
    words = {
        "lv": "Auto rinda šodien stāv stāvlaukumā pie Raiņa ielas vārtiem.",
        "en": "Today the row of cars stands in the car park by the Raiņa iela gate.",
    }
    session.add(RowMove(zone_id=identity(zone), row="M", first_day=day, last_day=day, words=words))


def _write_notices(session: Session, today: date) -> None:
    session.add(
        Notice(
            words={
                "lv": "Paņemiet līdzi savu grozu vai maisiņu – tirgotāji par to priecāsies.",
                "en": "Bring your own basket or bag – the sellers will be glad.",
            },
            first_day=today - timedelta(days=3),
            last_day=today + timedelta(days=30),
        )
    )
