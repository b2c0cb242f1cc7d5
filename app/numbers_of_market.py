"""The market's numbers of a period as pages and files tell them: a table, and what is drawn."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, select

from app import names
from app.languages import (
    WEEKDAYS,
    capitalized,
    in_language,
    month,
    month_short,
    pgettext,
    sort_key,
)
from app.languages import gettext as _
from app.tables.cells import Shown
from market.days.queries import weekly_hours
from market.evidence.coming import Coming, coming
from market.evidence.occupancy import Share, occupancy, open_days
from market.evidence.queries import (
    days_by_vendor,
    exceptions_between,
    goods_by_month,
    openings_by_hour,
    placements_by_parish,
    places_by_zone,
    taken_by_zone,
    told_by_vendor,
    vendors_by_parish,
)
from market.places.models import Zone
from market.places.queries import sites
from vendors.fields import identity
from vendors.listings.kinds import CATEGORIES
from vendors.registry.queries import vendors_by_id

MOST_BARS = 15


@dataclass(frozen=True)
class Bar:
    """One bar: whose it is, how long (0 to 100), and what stands at its end."""

    label: str
    length: float
    said: str


@dataclass(frozen=True)
class Grid:
    """One line of a grid of months: its label and twelve sides of squares, 0 to 1."""

    label: str
    sides: tuple[float, ...]


@dataclass(frozen=True)
class Section:
    """Numbers about one thing: its title, what they mean, the table, and what is drawn of it.

    `sheet` is its name in a spreadsheet. `note` says what is drawn where that is not everything.
    """

    key: str
    title: str
    sheet: str
    means: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Shown]]
    bars: Sequence[Bar] = field(default=())
    grid: Sequence[Grid] = field(default=())
    note: str = ""


def sections(session: Session, first: date, last: date) -> list[Section]:
    """All numbers from a first to a last day, in the reader's language."""
    return [
        *_occupancies(session, first, last),
        _coming(session, first, last),
        _goods(session),
        _parishes(session, first, last),
        *_openings(session, first, last),
    ]


def bars(rows: Sequence[tuple[str, int | None, str]]) -> list[Bar]:
    """Bars for labels with numbers (None: not known) and words; the highest is 100 long."""
    most = max((number or 0 for _label, number, _said in rows), default=0)
    return [
        Bar(label, round(100 * (number or 0) / most, 1) if most else 0.0, said)
        for label, number, said in rows
    ]


def _occupancies(session: Session, first: date, last: date) -> list[Section]:
    days: dict[int, list[date]] = {}
    labels: dict[int, str] = {}
    for site in sites(session):
        site_id = identity(site)
        special = exceptions_between(session, site_id, first, last)
        opened = open_days(weekly_hours(session, site_id), special, first, last)
        for zone in session.exec(select(Zone).where(Zone.site_id == site_id).order_by(Zone.code)):
            days[identity(zone)] = opened
            labels[identity(zone)] = f"{in_language(zone.name).text} ({zone.code})"
    found = occupancy(
        days, places_by_zone(session, first, last), taken_by_zone(session, first, last)
    )
    by_weekday = {capitalized(pgettext("weekday", WEEKDAYS[key])): share
                  for key, share in found.by_weekday.items()}  # fmt: skip
    by_month = {f"{capitalized(month(key.month))} {key.year}": share
                for key, share in found.by_month.items()}  # fmt: skip
    by_zone = {labels[key]: share for key, share in found.by_zone.items() if share.places}
    return [
        _shares("zones", _("Occupancy by zone"), _("Zones"), _("Zone"), by_zone),
        _shares("weekdays", _("Occupancy by weekday"), _("Weekdays"), _("Weekday"), by_weekday),
        _shares("months", _("Occupancy by month"), _("Months"), _("Month"), by_month),
    ]


def _shares(key: str, title: str, sheet: str, heading: str, shares: Mapping[str, Share]) -> Section:
    return Section(
        key,
        title,
        sheet,
        _("How many of a hundred places had a vendor on open days; a place counts once a day."),
        (heading, _("Placements"), _("Places"), _("Occupied, percent")),
        [(label, one.placements, one.places, one.percent) for label, one in shares.items()],
        # A percentage is as long as it says: the whole width is a hundred.
        [Bar(label, min(float(one.percent or 0), 100.0), _percent(one))
         for label, one in shares.items()],
    )  # fmt: skip


def _percent(share: Share) -> str:
    return "–" if share.percent is None else f"{share.percent}\xa0%"


def _coming(session: Session, first: date, last: date) -> Section:
    lines = coming(days_by_vendor(session, first, last), told_by_vendor(session, first, last))
    vendors = {one.id: one.name for one in vendors_by_id(session, [a.vendor_id for a in lines])}
    missing = [one for one in lines if one.no_shows][:MOST_BARS]
    return Section(
        "coming",
        _("Who comes and who does not"),
        _("Vendors"),
        _("Days of each vendor: with a stall, and of which it was said or noted how they went."),
        (_("Vendor"), _("Days with a stall"), _("Was here"), _("Was late"), _("Said absent"),
         _("Did not come, without a word")),
        [_line_of(one, vendors[one.vendor_id]) for one in lines],
        bars([(vendors[one.vendor_id], one.no_shows, str(one.no_shows)) for one in missing]),
        note=_("Drawn: those who did not come without a word, at most %(num)s.", num=MOST_BARS)
        if missing else _("Nobody stayed away without a word."),
    )  # fmt: skip


def _line_of(one: Coming, name: str) -> tuple[Shown, ...]:
    return (name, one.days, one.present, one.late, one.absent, one.no_shows)


def _goods(session: Session) -> Section:
    found = goods_by_month(session)
    kept = [key for key in CATEGORIES if key in found]
    most = max((count for counts in found.values() for count in counts), default=0)
    return Section(
        "goods",
        _("Goods over the year"),
        _("Goods"),
        _("How many goods of a category vendors offer in each month of a usual year."),
        (_("Category"), *(month_short(number) for number in range(1, 13))),
        [(names.category(key), *found[key]) for key in kept],
        grid=[
            Grid(
                names.category(key),
                tuple(round((count / most) ** 0.5, 2) if most else 0.0 for count in found[key]),
            )
            for key in kept
        ],
        note=_("The larger the square, the more goods. Columns: January to December."),
    )


def _parishes(session: Session, first: date, last: date) -> Section:
    vendors, placed = vendors_by_parish(session), placements_by_parish(session, first, last)
    said = {
        code: names.parish(code) if code else _("Elsewhere") for code in vendors.keys() | placed
    }
    lines = sorted(
        ((said[code], vendors.get(code, 0), placed.get(code, 0)) for code in said),
        key=lambda line: (-line[2], -line[1], sort_key(line[0])),
    )
    return Section(
        "parishes",
        _("From where vendors come"),
        _("Parishes"),
        _("Vendors at the market, and how many placements they had."),
        (_("Parish"), _("Vendors"), _("Placements")),
        lines,
        bars([(label, placements, str(placements)) for label, _count, placements in lines]),
        note=_("Drawn: placements."),
    )


def _openings(session: Session, first: date, last: date) -> list[Section]:
    rows = openings_by_hour(session, first, last)
    months: Counter[date] = Counter()
    by_hour: Counter[int] = Counter()
    for day, hour, count in rows:
        months[day.replace(day=1)] += count
        by_hour[hour] += count
    hours = range(min(by_hour), max(by_hour) + 1) if by_hour else ()
    by_month = [(f"{capitalized(month(one.month))} {one.year}", months[one])
                for one in sorted(months)]  # fmt: skip
    told = [(f"{hour}.00–{hour}.59", by_hour[hour]) for hour in hours]
    means = _("How often the signs at the stalls were opened; we count openings, not people.")
    signs, per_hour = pgettext("numbers", "Signs"), pgettext("numbers", "Hours")
    return [
        _counted("signs", _("Openings of signs by month"), signs, means, _("Month"), by_month),
        _counted(
            "hours", _("Openings of signs by hour"), per_hour, means, _("Hour of the day"), told
        ),
    ]


def _counted(
    key: str, title: str, sheet: str, means: str, heading: str, rows: Sequence[tuple[str, int]]
) -> Section:
    return Section(
        key,
        title,
        sheet,
        means,
        (heading, _("Openings")),
        rows,
        bars([(label, count, str(count)) for label, count in rows]),
    )
