"""What the page for the notice board tells: sellers by their goods, notices, the programme."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from app import names
from app.languages import capitalized, clock_time, in_language, on_day
from app.languages import gettext as _
from app.pages.visitor.event_parts import place_in_words
from app.paper.kit.facts import DayOnPaper
from app.paper.kit.words import numbers_of
from market.days.hours import Cancelled, Open
from market.programme.schedule import ON_THE_EVENING_BEFORE, Day, Line
from market.standing.roll import RollLine
from vendors.fields import identity
from vendors.listings.kinds import CATEGORIES


@dataclass(frozen=True)
class Seller:
    """A vendor as the page names them, and the numbers of their stalls."""

    name: str
    stalls: str

    @property
    def said(self) -> str:
        """ "Siltrasas (A1)" """
        return f"{self.name} ({self.stalls})"


@dataclass(frozen=True)
class Group:
    """Goods, or what is left over, with those who sell them."""

    words: str
    sellers: tuple[Seller, ...]


def groups(facts: DayOnPaper, *, every: bool) -> list[Group]:
    """Sellers of the day by category: each under every category they have, or the main one.

    Whoever has said nothing of their goods stands under "other goods". Vendors whom the public
    does not know yet, and who do not come, are left out.
    """
    found: dict[str, list[Seller]] = {}
    for line in _shown(facts.lines):
        seller = Seller(line.vendor.name, numbers_of(line))
        kept = Counter(good.category for good in facts.goods.get(identity(line.vendor), ()))
        mine = list(kept) if every else [key for key, _count in kept.most_common(1)]
        for category in mine or [""]:
            found.setdefault(category, []).append(seller)
    order = [*CATEGORIES, ""]
    return [
        Group(names.category(key) if key else _("Other goods"), tuple(found[key]))
        for key in sorted(found, key=order.index)
    ]


def _shown(lines: Iterable[RollLine]) -> list[RollLine]:
    return [one for one in lines if one.state != "absent" and one.vendor.state == "approved"]


def notice_lines(facts: DayOnPaper) -> list[str]:
    """What the office tells: words of the day, the weather, rows that have moved, notices."""
    told = []
    for one in facts.sites:
        if isinstance(one.hours, Open | Cancelled) and one.hours.words:
            told.append(in_language(one.hours.words).text)
        if one.weather:
            told.append(in_language(one.weather).text)
        told += [in_language(move.words).text for move in one.moves]
    return told + [in_language(notice.words).text for notice in facts.notices]


def event_lines(facts: DayOnPaper) -> list[str]:
    """The programme of the day and the weekend, one text for each event.

    What lasts several days is told once, on the first of them.
    """
    lines: dict[int | None, tuple[Day, Line]] = {}
    for day in facts.programme:
        for line in day.lines:
            lines.setdefault(line.item.event.id, (day, line))
    return [_event(facts, day, line) for day, line in lines.values()]


def _event(facts: DayOnPaper, day: Day, line: Line) -> str:
    event = line.item.event
    when = "" if day.day == facts.day else f"{capitalized(on_day(day.day))}, "
    told = f"{when}{_hour(line)} · {in_language(event.title).text}"
    place = place_in_words(line.item)
    told = f"{told} · {place}" if place else told
    if event.state == "confirmed":
        return told
    changed = _("cancelled") if event.state == "cancelled" else _("postponed")
    return f"{told} ({changed})"


def _hour(line: Line) -> str:
    event = line.item.event
    if line.hour == "exact" and event.starts is not None:
        return clock_time(event.starts)
    if line.hour == ON_THE_EVENING_BEFORE:
        return "24.00"
    return names.hour_said(line.hour) if line.hour in names.HOURS_SAID else _("continues")
