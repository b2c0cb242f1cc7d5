"""When the plan of a site changes: each day with what is otherwise, and rows prepared ahead."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, col, or_, select

from app import names
from app.changes import Stale
from app.clock import now
from app.database import session
from app.forms import Form, read_form, typed_texts
from app.languages import N_, in_language, long_day
from app.languages import gettext as _
from app.pages.organiser import Door, blueprint, office_saving
from app.pages.organiser.plan_writing import Standing, from_day
from app.pages.organiser.words import COLUMNS
from app.sending import Saving
from market.days.models import Placement, StallHolding
from market.places.models import Amenity, Site, Stall, StallOnPlan, Zone
from market.places.plan_drawing import DrawnAmenity, DrawnStall, plan_svg
from market.places.plan_periods import holds_on
from market.places.plan_times import (
    PlanChange,
    RowKey,
    RowTimes,
    Span,
    StandsElsewhere,
    counted,
    plan_changes,
    row_within,
    standing_spans,
)
from market.places.queries import all_amenities_of, all_periods_of, periods_of, sites
from vendors.fields import STRICT, identity
from vendors.registry.models import Vendor

DOOR = Door(
    "office.plan_times",
    N_("Days on which the plan changes"),
    N_("What comes, goes and moves on which day; rows prepared ahead"),
    group="planning",
    place=2,
)

SHOWN_PAST = 3
DRAWN = 6
"""So many days are drawn, those to come first; a large plan is a large drawing."""

FIELDS = ("row", "first_day", "last_day")
KEY = "{}/{}"


class RowTimesTyped(SQLModel):
    """A row and the days on which it stands, as they are typed; no last day: until changed."""

    model_config = STRICT

    row: str = Field(max_length=20)
    first_day: date
    last_day: date | None = None


@dataclass(frozen=True)
class _Plan:
    """All that ever stood on the plan of a site."""

    site: Site
    periods: Sequence[StallOnPlan]
    stalls: Mapping[int, Stall]
    zones: Mapping[int, Zone]
    amenities: Sequence[Amenity]

    @property
    def seen(self) -> str:
        """What a form remembers of the plan: all its periods with their versions."""
        known = " ".join(f"{one.id}:{one.version}" for one in self.periods)
        return hashlib.sha256(known.encode()).hexdigest()[:20]

    @property
    def rows(self) -> dict[str, list[StallOnPlan]]:
        """The periods of each row, by the key that the form uses."""
        found: dict[str, list[StallOnPlan]] = defaultdict(list)
        for one in self.periods:
            found[KEY.format(self.zones[one.zone_id].code, one.row)].append(one)
        return found

    def named(self, zone_id: int, row: str) -> str:
        """A row in words."""
        zone = in_language(self.zones[zone_id].name).text
        return _("%(zone)s, row %(row)s", zone=zone, row=row)

    def numbers(self, stall_ids: Iterable[int]) -> str:
        """Numbers of stalls, as people say them."""
        return counted(self.stalls[one].number for one in stall_ids)


@dataclass(frozen=True)
class ShownDay:
    """A day on which the plan changes: in words, and drawn if it is one of the first."""

    day: date
    lines: tuple[str, ...]
    drawing: Markup | None


def _plan_asked(found: Session) -> tuple[_Plan | None, Sequence[Site]]:
    known = sites(found)
    asked = request.values.get("laukums", "")
    site = next((one for one in known if one.slug == asked), known[0] if known else None)
    return (_load(found, site) if site else None), known


def _load(found: Session, site: Site) -> _Plan:
    rows = all_periods_of(found, identity(site))
    return _Plan(
        site,
        [spot for spot, _stall, _zone in rows],
        {identity(stall): stall for _spot, stall, _zone in rows},
        {identity(zone): zone for _spot, _stall, zone in rows},
        all_amenities_of(found, identity(site)),
    )


@blueprint.get("/plans/laiki")
def plan_times() -> ResponseReturnValue:
    """The days on which the plan of a site changes, and the days of one row."""
    asked = {"row": request.args.get("rinda", ""), "first_day": from_day().isoformat()}
    return _page(session(), Form(typed=asked))


def _page(found: Session, form: Form, standing: Sequence[Standing] = ()) -> str:
    plan, known = _plan_asked(found)
    today = now().date()
    if plan is None:
        return render_template("organiser/plan_empty.html", day=today)
    changes = plan_changes(plan.periods, plan.amenities)
    coming = [one for one in changes if one.day >= today]
    past = [one for one in reversed(changes) if one.day < today][:SHOWN_PAST]
    shown = list(_shown(plan, [*coming, *past]))
    return render_template(
        "organiser/plan_times.html",
        site=plan.site,
        sites=known,
        today=today,
        coming=shown[: len(coming)],
        past=shown[len(coming) :],
        form=form,
        standing=standing,
        seen=plan.seen,
        rows=[
            (key, f"{plan.named(those[0].zone_id, those[0].row)} · {_times_said(those, today)}")
            for key, those in sorted(plan.rows.items())
        ],
    )


def _times_said(periods: Iterable[StallOnPlan], today: date) -> str:
    """When a row stands, from today on; or until when it stood."""
    spans = standing_spans(periods)
    ahead = [one for one in spans if one[1] is None or one[1] >= today] or spans[-1:]
    return "; ".join(_span_said(first, last, today) for first, last in ahead)


def _span_said(first: date, last: date | None, today: date) -> str:
    begins, ends = _day(first), _day(last) if last else ""
    if last is None:
        return _("stands now") if first <= today else _("from %(day)s", day=begins)
    if first <= today:
        return _("until %(day)s", day=ends)
    return f"{begins}–{ends}"


def _day(day: date) -> str:
    return _("%(day)s/%(month)s/%(year)s", day=day.day, month=day.month, year=day.year)


def _shown(plan: _Plan, changes: Sequence[PlanChange]) -> Iterator[ShownDay]:
    for place, one in enumerate(changes):
        drawn = _drawn(plan, one) if place < DRAWN else None
        yield ShownDay(one.day, tuple(_lines(plan, one)), drawn)


def _by_row(spots: Iterable[StallOnPlan]) -> dict[RowKey, list[int]]:
    found: dict[RowKey, list[int]] = defaultdict(list)
    for one in spots:
        found[one.zone_id, one.row].append(one.stall_id)
    return found


def _lines(plan: _Plan, change: PlanChange) -> Iterator[str]:
    """What is otherwise on a day, a sentence for each row and each thing beside the stalls."""
    for key, those in _by_row(change.added).items():
        row, stalls = plan.named(*key), plan.numbers(those)
        if key in change.new_rows:
            yield _("New row: %(row)s (%(stalls)s)", row=row, stalls=stalls)
        else:
            yield _("New stalls: %(row)s (%(stalls)s)", row=row, stalls=stalls)
    for key, those in _by_row(change.gone).items():
        row, stalls = plan.named(*key), plan.numbers(those)
        if key in change.gone_rows:
            yield _("The row is gone: %(row)s (%(stalls)s)", row=row, stalls=stalls)
        else:
            yield _("Stalls are gone: %(row)s (%(stalls)s)", row=row, stalls=stalls)
    for key, those in _by_row(one.after for one in change.moved).items():
        row, stalls = plan.named(*key), plan.numbers(those)
        yield _("In another place: %(row)s (%(stalls)s)", row=row, stalls=stalls)
    yield from _equipment_lines(plan, change)
    things: tuple[tuple[Callable[[str], str], Sequence[Amenity]], ...] = (
        (lambda thing: _("Now there: %(thing)s", thing=thing), change.amenities_added),
        (lambda thing: _("No longer there: %(thing)s", thing=thing), change.amenities_gone),
        (lambda thing: _("In another place: %(thing)s", thing=thing), change.amenities_changed),
    )
    for say, amenities in things:
        if amenities:
            yield say(", ".join(_thing(one) for one in amenities))


def _equipment_lines(plan: _Plan, change: PlanChange) -> Iterator[str]:
    found: dict[tuple[int, str, tuple[str, ...]], list[int]] = defaultdict(list)
    for one in change.changed:
        found[one.after.zone_id, one.after.row, one.columns].append(one.after.stall_id)
    for (zone_id, row, columns), those in found.items():
        yield _(
            "With something else: %(row)s (%(stalls)s): %(what)s",
            row=plan.named(zone_id, row),
            stalls=plan.numbers(those),
            what="; ".join(_(COLUMNS[name]) for name in columns),
        )


def _thing(amenity: Amenity) -> str:
    kind = names.amenity(amenity.kind)
    return f"{kind} ({in_language(amenity.name).text})" if amenity.name else kind


def _drawn(plan: _Plan, change: PlanChange) -> Markup:
    """The plan of a day, small: what is otherwise stands out."""
    new = {one.stall_id for one in change.added}
    new |= {one.after.stall_id for one in (*change.moved, *change.changed)}
    spots = [one for one in plan.periods if holds_on(one, change.day)]
    svg = plan_svg(
        plan.site,
        [
            DrawnStall(
                one.stall_id,
                plan.stalls[one.stall_id].number,
                one,
                "chosen" if one.stall_id in new else "taken",
                zone=plan.zones[one.zone_id].code,
            )
            for one in spots
        ],
        [
            DrawnAmenity(one.kind, in_language(one.name).text if one.name else "", one.points)
            for one in plan.amenities
            if holds_on(one, change.day)
        ],
        title=_(
            "Plan of %(site)s on %(day)s",
            site=in_language(plan.site.name).text,
            day=long_day(change.day),
        ),
        north=_("N"),
    )
    return Markup(svg)  # noqa: S704 - escaped there


@blueprint.post("/plans/laiki")
def save_row_times() -> ResponseReturnValue:
    """Let a row stand from one day to another, unless somebody counts on it on other days."""
    form = read_form(RowTimesTyped, typed_texts(*FIELDS))
    with office_saving() as save:
        plan, _known = _plan_asked(save.session)
        if plan is None:
            abort(404)
        times = _times_wanted(save.session, plan, form)
        if times is None:
            return _page(save.session, form), 422
        if request.form.get("seen", "") != plan.seen:
            raise Stale(None)
        standing = who_counts_on(save.session, times.lost)
        if standing:
            said = _("Somebody counts on this row on days on which it would not stand.")
            form.refuse("row", said)
            return _page(save.session, form, standing), 422
        try:
            _write(save, times)
        except IntegrityError:
            form.refuse("row", _("Another stall has a place of this row by then."))
        else:
            where = url_for("office.plan_times", laukums=plan.site.slug)
            said = _("Saved.") if times.writings else _("Nothing would change.")
            return save.done(where, said)
    return _page(session(), form), 422


def _times_wanted(found: Session, plan: _Plan, form: Form) -> RowTimes | None:
    """What is to be written; None when the form does not fit, with the reason in it."""
    if form.errors:
        return None
    first, last = form.values["first_day"], form.values.get("last_day")
    mine = plan.rows.get(form.values["row"])
    if mine is None:
        form.refuse("row", _("This row is not on the plan."))
    elif first < now().date():
        form.refuse("first_day", _("This day is over; days before today stay as they were."))
    elif last is not None and last < first:
        form.refuse("last_day", _("The last day is before the first one."))
    if form.errors or mine is None:
        return None
    stalls = periods_of(found, {one.stall_id for one in mine})
    known = [one for periods in stalls.values() for one in periods]
    try:
        return row_within(known, (mine[0].zone_id, mine[0].row), now().date(), first, last)
    except StandsElsewhere as elsewhere:
        said = _(
            "These stalls stand in another row on some of these days: %(stalls)s",
            stalls=plan.numbers(elsewhere.stall_ids),
        )
        form.refuse("row", said)
        return None


def _write(save: Saving, times: RowTimes) -> None:
    with save.session.begin_nested():
        for one in times.writings:
            if one.removed is not None:
                save.remove(one.removed, action="plan_row_times")
            if one.changed is not None:
                save.change(one.changed, one.values, action="plan_row_times")
            if one.added is not None:
                save.add(StallOnPlan(**one.added), action="plan_row_times")


def who_counts_on(found: Session, lost: Mapping[int, Sequence[Span]]) -> list[Standing]:
    """Who stands, or has a right to stand, on stalls in these days: each once, by day."""
    if not lost:
        return []
    begins = min(span[0] for spans in lost.values() for span in spans)
    placed = found.exec(
        select(Placement, Vendor)
        .join(Vendor, col(Vendor.id) == Placement.vendor_id)
        .where(col(Placement.stall_id).in_(lost), Placement.day >= begins)
        .order_by(col(Placement.day))
    )
    rights = found.exec(
        select(StallHolding, Vendor)
        .join(Vendor, col(Vendor.id) == StallHolding.vendor_id)
        .where(
            col(StallHolding.stall_id).in_(lost),
            or_(col(StallHolding.last_day).is_(None), col(StallHolding.last_day) >= begins),
        )
    )
    first: dict[tuple[int | None, bool], Standing] = {}
    for right, vendor in rights:
        ends = right.last_day or date.max
        for span in lost[right.stall_id]:
            if right.first_day <= span[1] and span[0] <= ends:
                day = max(right.first_day, span[0])
                first.setdefault((vendor.id, True), Standing(vendor, day, is_right=True))
    for placement, vendor in placed:
        if any(begin <= placement.day <= end for begin, end in lost[placement.stall_id]):
            one = Standing(vendor, placement.day, is_right=False)
            first.setdefault((vendor.id, False), one)
    return sorted(first.values(), key=lambda one: (one.day, one.vendor.name, not one.is_right))
