"""What a sign answers: one rule, from the place and the moment to the vendor or the reason.

The sign carries the place. Who stands there is a matter of the day, so the same code leads to
one farm on Tuesday and to another on the festival's Saturday.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from market.days.hours import Cancelled, Open
from market.days.models import Festival, Placement
from market.places.models import RowMove, Stall
from market.signs.models import Sign
from vendors.fields import identity
from vendors.registry.models import Vendor


@dataclass(frozen=True)
class Visit:
    """A vendor's day on a stall, in the past or to come."""

    vendor: Vendor
    stall: Stall
    day: date


@dataclass(frozen=True)
class Scene:
    """All that the rule looks at: the rows around one sign on one day.

    `placements` are this stall's; `vendor_placements` those of today's holder, on any stall, from
    today on; both in the order of days. `absences` are (vendor id, day) of those who said they
    will not come. `festival` is the festival to which the stall's site belongs when it has no
    weekly pattern of its own. `on_plan` says whether the stall is on the plan of today. `closed`
    is why nobody is given this stall today, `displaced` who stood here before that, and on which
    stalls (`displaced_to`) they stand today instead.
    """

    sign: Sign
    stall: Stall
    now: datetime
    hours: Open | Cancelled | None
    next_hours: Open | None
    on_plan: bool = True
    placements: Sequence[Placement] = ()
    vendor_placements: Sequence[Placement] = ()
    vendors: Mapping[int, Vendor] = field(default_factory=dict)
    stalls: Mapping[int, Stall] = field(default_factory=dict)
    presences: Mapping[tuple[int, date], str] = field(default_factory=dict)
    move: RowMove | None = None
    festival: Festival | None = None
    closed: str = ""
    displaced: Vendor | None = None
    displaced_to: tuple[Stall, ...] = ()


@dataclass(frozen=True)
class Here:
    """The vendor stands here now, until closing time."""

    vendor: Vendor
    until: time
    presence: str
    also_at: tuple[Stall, ...] = ()


@dataclass(frozen=True)
class BeforeOpening:
    """The market opens later today, and this vendor is expected here."""

    vendor: Vendor
    opens: time
    closes: time
    presence: str
    also_at: tuple[Stall, ...] = ()


@dataclass(frozen=True)
class AfterClosing:
    """The market has closed for today; this vendor stood here."""

    vendor: Vendor
    closed: time
    next_visit: Visit | None
    next_here: Visit | None


@dataclass(frozen=True)
class Away:
    """The stall's vendor is not here today: they said so, or they stand `elsewhere` only."""

    vendor: Vendor
    next_visit: Visit | None
    elsewhere: tuple[Stall, ...] = ()


@dataclass(frozen=True)
class Nobody:
    """The market is open today, but nobody has this stall."""

    last: Visit | None
    next_here: Visit | None


@dataclass(frozen=True)
class StallClosed:
    """The market is open today, but this stall is not used: `why`; `vendor` moved to `stalls`."""

    why: str
    vendor: Vendor | None
    stalls: tuple[Stall, ...]


@dataclass(frozen=True)
class Closed:
    """There is no market here today."""

    next_open: Open | None
    last: Visit | None
    next_here: Visit | None


@dataclass(frozen=True)
class DayCancelled:
    """Today's market was cancelled; the vendor who was expected here is named."""

    words: Mapping[str, str] | None
    vendor: Vendor | None
    next_open: Open | None
    next_visit: Visit | None


@dataclass(frozen=True)
class RowMoved:
    """The row stands elsewhere today; `vendor` is who would be here, on which other `stalls`.

    Without other stalls the row stands in its new place under its old numbers.
    """

    move: RowMove
    vendor: Vendor | None
    stalls: tuple[Stall, ...]


@dataclass(frozen=True)
class FestivalStall:
    """A stall of a festival, scanned on a day that is not the festival's."""

    festival: Festival
    over: bool
    next_here: Visit | None
    last: Visit | None


@dataclass(frozen=True)
class NotOnPlan:
    """The stall is not on the plan of today."""

    last: Visit | None
    next_here: Visit | None
    next_open: Open | None


@dataclass(frozen=True)
class Retired:
    """The sign is no longer in use; the words of the office say why, or where to look."""

    words: Mapping[str, str] | None


Answer = (
    Here
    | BeforeOpening
    | AfterClosing
    | Away
    | Nobody
    | StallClosed
    | Closed
    | DayCancelled
    | RowMoved
    | FestivalStall
    | NotOnPlan
    | Retired
)


def answer(scene: Scene) -> Answer:
    """What the sign answers at `scene.now`, in the clock of the place.

    The order of the cases is the order of what a visitor must know first: that the sign no longer
    counts, that there is no market at all, that the row stands elsewhere, then who is here.
    """
    if scene.sign.retired_on is not None and scene.sign.retired_on <= scene.now.date():
        return Retired(scene.sign.retired_words)
    holder = _holder(scene)
    if isinstance(scene.hours, Cancelled):
        return DayCancelled(scene.hours.words, holder, scene.next_hours, _next_visit(scene, holder))
    if scene.hours is None:
        return _on_a_closed_day(scene)
    if scene.move is not None:
        return RowMoved(scene.move, holder or _used_to_stand(scene), _other_stalls_today(scene))
    if not scene.on_plan:
        return NotOnPlan(_last(scene), _next_here(scene), scene.next_hours)
    if holder is None and scene.closed:
        return StallClosed(scene.closed, scene.displaced, scene.displaced_to)
    if holder is None:
        return _without_holder(scene)
    return _of_holder(scene, scene.hours, holder)


def vendor_of(found: Answer) -> Vendor | None:
    """The vendor whose story the sign tells: who is meant by the answer, or who comes next."""
    named: Vendor | None = getattr(found, "vendor", None)
    coming: Visit | None = getattr(found, "next_here", None)
    if named is not None:
        return named
    return coming.vendor if coming else None


def _of_holder(scene: Scene, hours: Open, vendor: Vendor) -> Answer:
    presence = scene.presences.get((identity(vendor), scene.now.date()), "expected")
    if presence == "absent":
        return Away(vendor, _next_visit(scene, vendor))
    also_at = _other_stalls_today(scene)
    if scene.now.time() < hours.opens:
        return BeforeOpening(vendor, hours.opens, hours.closes, presence, also_at)
    if scene.now.time() < hours.closes:
        return Here(vendor, hours.closes, presence, also_at)
    return AfterClosing(vendor, hours.closes, _next_visit(scene, vendor), _next_here(scene))


def _without_holder(scene: Scene) -> Answer:
    """Nobody has the stall; but who had it last may stand elsewhere, and visitors look for them."""
    usual, elsewhere = _used_to_stand(scene), _other_stalls_today(scene)
    if usual is None or not elsewhere or not _is_coming(scene, usual):
        return Nobody(_last(scene), _next_here(scene))
    return Away(usual, _next_visit(scene, usual), elsewhere)


def _is_coming(scene: Scene, vendor: Vendor) -> bool:
    return scene.presences.get((identity(vendor), scene.now.date())) != "absent"


def _on_a_closed_day(scene: Scene) -> Answer:
    today = scene.now.date()
    if scene.festival is not None:
        over = scene.festival.last_day < today
        return FestivalStall(scene.festival, over, _next_here(scene), _last(scene))
    return Closed(scene.next_hours, _last(scene), _next_here(scene))


def _holder(scene: Scene) -> Vendor | None:
    """Who has the stall today, whether or not they come."""
    for placement in scene.placements:
        if placement.day == scene.now.date():
            return scene.vendors[placement.vendor_id]
    return None


def _used_to_stand(scene: Scene) -> Vendor | None:
    """Whom a visitor of a moved row looks for: who has stood here most recently."""
    last = _last(scene)
    return last.vendor if last else None


def _other_stalls_today(scene: Scene) -> tuple[Stall, ...]:
    """Where else the vendor stands today, besides this stall."""
    today = scene.now.date()
    return tuple(
        scene.stalls[placement.stall_id]
        for placement in scene.vendor_placements
        if placement.day == today and placement.stall_id != scene.stall.id
    )


def _comes(scene: Scene, placement: Placement) -> bool:
    return scene.presences.get((placement.vendor_id, placement.day)) != "absent"


def _visit(scene: Scene, placement: Placement) -> Visit:
    return Visit(
        scene.vendors[placement.vendor_id], scene.stalls[placement.stall_id], placement.day
    )


def _next_visit(scene: Scene, vendor: Vendor | None) -> Visit | None:
    """The next day on which this vendor is at the market, on whatever stall."""
    if vendor is None:
        return None
    for placement in scene.vendor_placements:
        if placement.day > scene.now.date() and _comes(scene, placement):
            return _visit(scene, placement)
    return None


def _next_here(scene: Scene) -> Visit | None:
    """Who comes to this stall next."""
    for placement in scene.placements:
        if placement.day > scene.now.date() and _comes(scene, placement):
            return _visit(scene, placement)
    return None


def _last(scene: Scene) -> Visit | None:
    """Who had this stall last before today."""
    for placement in reversed(scene.placements):
        if placement.day < scene.now.date() and _comes(scene, placement):
            return _visit(scene, placement)
    return None
