"""From the rows of a draft to the problem that the planner solves."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session

from app.clock import RIGA
from app.planning import absent_on, known_of, planned_id
from market.days.models import Festival, StallHolding
from market.fairness.queries import balances_of_season, season_began, taken_between
from market.festivals.criteria import order_of_applicants, seniorities
from market.festivals.models import Application, Call
from market.planning.fairness import order_of_guests
from market.planning.from_rows import (
    Built,
    DayGround,
    Wanting,
    applicant,
    build_day,
    categories_of_call,
    market_vendor,
    of_application,
    of_vendor,
    usual_width,
)
from market.planning.hand_queries import call_of_plan
from market.planning.models import PlanVersion
from market.planning.problem import Category, PlanningVendor
from market.planning.queries import (
    applications_in,
    applications_of,
    asking_on,
    caps_of,
    grounds_of,
    placed_on,
    places_of,
    rights_of,
    usually_coming,
    vendors_named,
    vendors_who_may_stand,
    wishes_of,
)
from market.reviewing.queries import all_facts
from market.standing.holding import counts_on
from market.standing.queries import goods_by_category
from vendors.fields import identity
from vendors.registry.models import Vendor

CALM = "calm"
ACCEPTED = ("accepted",)
Numbers = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Standing:
    """Who stands where on one day of a draft, by how the planner calls them.

    `by_hand` are those the office put there; `before` who stood there when the draft was begun.
    """

    now: Numbers
    by_hand: Numbers
    before: Numbers


def build(
    session: Session, plan: PlanVersion, *, calm: bool = False, whom: Collection[str] = ACCEPTED
) -> list[Built]:
    """The problems of a draft, one a day; `whom` are the states of applications that count."""
    grounds = grounds_of(session, plan)
    if plan.festival_id is not None:
        return _build_festival(session, plan, grounds, calm=calm, whom=whom)
    return [_build_ordinary(session, plan, ground, calm=calm) for ground in grounds]


def standings(session: Session, plan: PlanVersion) -> dict[date, Standing]:
    """Who stands where in a draft, day by day."""
    names = _names_of_vendors(session, plan)
    rows = places_of(session, identity(plan))
    known = known_of(plan)
    found = {}
    for day in {place.day for place, _stall in rows} | set(known):
        here = [(place, stall.number) for place, stall in rows if place.day == day]
        found[day] = Standing(
            _gathered((planned_id(place), number) for place, number in here),
            _gathered((planned_id(place), number) for place, number in here if place.by_hand),
            _gathered(
                (names.get(vendor_id, of_vendor(vendor_id)), number)
                for number, vendor_id in known.get(day, {}).items()
            ),
        )
    return found


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for who, number in pairs:
        found[who] = (*found.get(who, ()), number)
    return found


def _names_of_vendors(session: Session, plan: PlanVersion) -> dict[int, str]:
    """How the planner calls vendors who have applied: by their application."""
    call = call_of_plan(session, plan)
    if call is None:
        return {}
    states = ("submitted", "asked", "accepted", "waiting")
    rows = applications_in(session, identity(call), states)
    return {row.vendor_id: of_application(row) for row in rows if row.vendor_id is not None}


def _build_festival(
    session: Session,
    plan: PlanVersion,
    grounds: Sequence[DayGround],
    *,
    calm: bool,
    whom: Collection[str],
) -> list[Built]:
    call = call_of_plan(session, plan)
    if call is None:
        return [build_day(ground, ()) for ground in grounds]
    asked = applications_in(session, identity(call), whom)
    there = standings(session, plan)
    by_id = {of_application(row): row for row in asked}
    for row in _others(session, there, by_id).values():
        by_id[of_application(row)] = row
    order = seniority_of(session, call, list(by_id.values()))
    wishes = wishes_of(session, identity(call))
    vendors = vendors_named(session, _vendor_ids(by_id.values(), there))
    rights = rights_of(session, _stall_ids(grounds))
    categories = categories_of_call(caps_of(session, identity(call)))
    built = []
    for ground in grounds:
        standing = there.get(ground.day, Standing({}, {}, {}))
        own = _own_stalls(rights, ground)
        found = [
            Wanting(
                _festival_vendor(row, order[key], wishes, own, vendors, ground),
                standing.by_hand.get(key, ()),
                standing.before.get(key, ()),
            )
            for key, row in by_id.items()
            if _wants(key, row, standing, ground, calm=calm)
        ]
        found += _guests_by_hand(standing, by_id, vendors, calm=calm)
        built.append(build_day(ground, found, categories=categories, calm=calm))
    return built


def _others(
    session: Session, there: Mapping[date, Standing], known: Collection[str]
) -> dict[int, Application]:
    """Applicants in other states whom the office has put by hand all the same."""
    ids = {
        int(key[1:])
        for standing in there.values()
        for key in (*standing.by_hand, *standing.before)
        if key[0] == "a" and key not in known
    }
    return applications_of(session, ids)


def _vendor_ids(rows: Iterable[Application], there: Mapping[date, Standing]) -> set[int]:
    placed = {
        int(key[1:])
        for standing in there.values()
        for key in (*standing.by_hand, *standing.before)
        if key[0] == "v"
    }
    return placed | {row.vendor_id for row in rows if row.vendor_id is not None}


def _stall_ids(grounds: Sequence[DayGround]) -> set[int]:
    return {identity(stall) for one in grounds for _spot, stall, _zone in one.rows}


def _own_stalls(rights: Iterable[StallHolding], ground: DayGround) -> dict[int, tuple[str, ...]]:
    """The numbers of the stalls that vendors hold on a day, by vendor id, in the plan's order."""
    holders = {one.stall_id: one.vendor_id for one in rights if counts_on(one, ground.day)}
    found: dict[int, tuple[str, ...]] = {}
    for _spot, stall, _zone in ground.rows:
        if identity(stall) in holders:
            holder = holders[identity(stall)]
            found[holder] = (*found.get(holder, ()), stall.number)
    return found


def _wants(
    key: str, row: Application, standing: Standing, ground: DayGround, *, calm: bool
) -> bool:
    """Whether an applicant is planned on a day: asked for it, or was put there by hand.

    When a day that stands is changed, only those who stand on it are.
    """
    if key in standing.by_hand:
        return True
    if calm:
        return key in standing.before
    return ground.day.isoformat() in row.days


def _festival_vendor(
    row: Application,
    seniority: int,
    wishes: Mapping[int, Sequence[str]],
    own: Mapping[int, tuple[str, ...]],
    vendors: Mapping[int, Vendor],
    ground: DayGround,
) -> PlanningVendor:
    vendor = vendors.get(row.vendor_id or 0)
    held = own.get(row.vendor_id or 0, ())
    return applicant(
        row,
        standing=standing_of_applicant(vendor, held),
        seniority=seniority,
        wishes=wishes.get(identity(row), ()),
        own_stalls=held,
        width_m=usual_width(ground),
    )


def standing_of_applicant(vendor: Vendor | None, held: Sequence[str]) -> str:
    """The class of an applicant: who holds stalls at the festival's site keeps them; all others
    are served in the one order of the published criteria, whoever they are elsewhere."""
    return "season" if vendor is not None and held else "festival"


def _guests_by_hand(
    standing: Standing, known: Collection[str], vendors: Mapping[int, Vendor], *, calm: bool
) -> list[Wanting]:
    """Vendors without an application whom the office has put there."""
    names = dict.fromkeys((*standing.by_hand, *(standing.before if calm else ())))
    return [
        Wanting(
            market_vendor(
                vendors[int(key[1:])],
                standing="guest",
                stalls=len(standing.by_hand.get(key) or standing.before.get(key, ())),
            ),
            standing.by_hand.get(key, ()),
            standing.before.get(key, ()),
        )
        for key in names
        if key[0] == "v" and key not in known and int(key[1:]) in vendors
    ]


def seniority_of(session: Session, call: Call, rows: Sequence[Application]) -> dict[str, int]:
    """The order of the published criteria as a number from 1, by how the planner calls them."""
    festival = session.get_one(Festival, call.festival_id)
    closed = datetime.combine(call.closes_on, call.closes_at, RIGA).astimezone(UTC)
    facts = [fact for _row, fact in all_facts(session, festival, call, rows, closed)]
    order = seniorities(order_of_applicants(facts, call.lot))
    return {of_application(row): order[identity(row)] for row in rows}


def _build_ordinary(session: Session, plan: PlanVersion, ground: DayGround, *, calm: bool) -> Built:
    """An ordinary day: who stands there stays; free stalls go to guests who would come."""
    standing = standings(session, plan).get(ground.day, Standing({}, {}, {}))
    away = absent_on(session, ground.day)
    own = _own_stalls(rights_of(session, _stall_ids([ground])), ground)
    here = dict.fromkeys((*standing.now, *standing.before))
    ids = {int(key[1:]) for key in here if key[0] == "v"} - away
    vendors = vendors_named(session, ids)
    sells = {key: _first_goods(counts) for key, counts in goods_by_category(session).items()}
    found = [_of_the_day(vendors[one], standing, own, sells, calm=calm) for one in vendors]
    if not calm:
        guests = _guests(session, plan, ground.day, away | ids)
        found += [_with_goods(one, sells) for one in guests]
    return build_day(ground, found, categories=_apart(found), calm=calm)


def _apart(wanting: Iterable[Wanting]) -> list[Category]:
    """On an ordinary day nothing is capped; the same goods stand apart where that costs nothing."""
    names = {name for one in wanting for name in one.vendor.categories}
    return [Category(name, keep_apart=True) for name in sorted(names)]


def _first_goods(counts: Mapping[str, int]) -> frozenset[str]:
    """What a vendor sells most."""
    return frozenset(sorted(counts, key=lambda key: (-counts[key], key))[:1])


def _of_the_day(
    vendor: Vendor,
    standing: Standing,
    own: Mapping[int, tuple[str, ...]],
    sells: Mapping[int, frozenset[str]],
    *,
    calm: bool,
) -> Wanting:
    """Who stands there already: by hand and by right they stay, unless the day is changed."""
    vendor_id = identity(vendor)
    key = of_vendor(vendor_id)
    held = own.get(vendor_id, ())
    now, by_hand = standing.now.get(key, ()), standing.by_hand.get(key, ())
    pinned = by_hand or (() if calm or not set(now) & set(held) else now)
    before = standing.before.get(key, ())
    planned = market_vendor(
        vendor,
        standing="season" if held else ("guest" if vendor.standing == "season" else None),
        categories=sells.get(vendor_id, frozenset()),
        own_stalls=held if not calm and set(held) <= set(now) else (),
        stalls=max(len(now), len(before), 1),
    )
    return Wanting(planned, pinned, before)


def _guests(
    session: Session, plan: PlanVersion, day: date, without: Collection[int]
) -> list[Wanting]:
    """Who would come and has no stall: who waits first among equals, then who usually comes."""
    waiting = asking_on(session, day)
    usual = usually_coming(session, day)
    ids = (set(waiting) | usual) - set(without) - placed_on(session, day)
    ordered = order_of_guests_on(session, vendors_who_may_stand(session, ids), day)
    return [
        Wanting(market_vendor(vendor, standing="guest", seniority=place, visits=visits))
        for place, (vendor, visits) in enumerate(ordered, start=1)
    ]


def order_of_guests_on(
    session: Session, vendors: Mapping[int, Vendor], day: date
) -> list[tuple[Vendor, int]]:
    """Guests in their order with their visits in this season, before the day."""
    first, last = season_began(day), day - timedelta(days=1)
    stood = {(one.day, one.vendor_id) for one in taken_between(session, first, last)}
    visits = Counter(vendor_id for _day, vendor_id in stood)
    balances = {key: one.points for key, one in balances_of_season(session, last).items()}
    return [(vendors[one], visits[one]) for one in order_of_guests(vendors, visits, balances)]


def _with_goods(one: Wanting, sells: Mapping[int, frozenset[str]]) -> Wanting:
    goods = sells.get(int(one.vendor.id[1:]), frozenset())
    return replace(one, vendor=replace(one.vendor, categories=goods))
