"""Clashes of the programme in words: what cannot be, why, and what would resolve it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.languages import N_, clock_time, gettext, in_language, on_day
from app.languages import gettext as _
from market.programme.bookings import Booking, Window
from market.programme.clashes import Clash
from market.programme.schedule import local_time
from vendors.fields import Words

SEVERITIES = {"serious": N_("cannot be so"), "mild": N_("please look at it")}

WHAT = {
    "place": N_("“%(first)s” and “%(other)s” are in the same place at the same time."),
    "set_up": N_(
        "“%(first)s” and “%(other)s” need the same place: one is set up or cleared while the other "
        "takes it."
    ),
    "hour": N_("“%(first)s” and “%(other)s” may be in the same place at the same time."),
    "to_be_announced": N_(
        "“%(first)s” and “%(other)s” are in the same place on one day, and an hour is still to be "
        "announced."
    ),
    "performer": N_("%(name)s would perform at “%(first)s” and at “%(other)s” at the same time."),
    "performer_hour": N_(
        "%(name)s may have to perform at “%(first)s” and at “%(other)s” at the same time."
    ),
    "performer_moves": N_("%(name)s has too little time between “%(first)s” and “%(other)s”."),
    "row": N_("“%(first)s” goes through rows in which stalls are taken."),
    "row_free": N_("“%(first)s” goes through rows of stalls while the market is open."),
    "vendor": N_("%(name)s performs at “%(first)s” and has a stall to keep."),
    "closure": N_("“%(first)s” is in a closed street: %(name)s."),
    "crosses_closure": N_("“%(first)s” crosses a closed street: %(name)s."),
}

OTHERWISE = {
    "place": N_("Or choose another place, or name different parts of it."),
    "set_up": N_("Or shorten the setting up or the clearing, or choose another part of the place."),
    "hour": N_("Give both an exact hour, or name different parts of the place."),
    "to_be_announced": N_("Settle the hour, or name different parts of the place."),
    "performer": N_("Or ask somebody else to perform."),
    "performer_hour": N_("Give both an exact hour, or ask somebody else to perform."),
    "performer_moves": N_("Or ask somebody else to perform, or hold both in one place."),
    "row": N_("Or lead the way along other rows, or leave these stalls free on that day."),
    "row_free": N_("Leave these rows free while it passes, or lead the way along other rows."),
    "vendor": N_("Ask who keeps the stall meanwhile, or choose an hour outside the market."),
    "closure": N_("Bring what needs a car before %(starts)s, or fetch it after %(ends)s."),
    "crosses_closure": N_("Or choose another way, or change the hours of the closure."),
}


@dataclass(frozen=True)
class ClashSaid:
    """A clash in the reader's language."""

    kind: str
    severity: str
    severity_words: str
    what: str
    why: str
    resolve: tuple[str, ...]
    event_ids: tuple[int, ...]


def clash_said(clash: Clash, zones: Mapping[str, Words]) -> ClashSaid:
    """A clash as sentences; names of zones by code."""
    events = (clash.first, clash.other) if clash.other else (clash.first,)
    blanks = {"first": title_of(clash.first), "name": _name(clash.name)}
    if clash.other:
        blanks["other"] = title_of(clash.other)
    return ClashSaid(
        kind=clash.kind,
        severity=clash.severity,
        severity_words=gettext(SEVERITIES[clash.severity]),
        what=gettext(WHAT[clash.kind], **blanks),
        why=" ".join((*(_event_said(one) for one in events), *_facts(clash, zones))),
        resolve=_resolve(clash),
        event_ids=tuple(one.event_id for one in events),
    )


def title_of(booking: Booking) -> str:
    """The title of an event in the reader's language."""
    return in_language(booking.title).text


def _name(name: str | Words) -> str:
    return name if isinstance(name, str) else in_language(name).text


def _event_said(one: Booking) -> str:
    """ "“Rožu vāģis”: on Saturday, 17 July, 18.00–19.30, Pils iela (set up from 17.30)." """
    return _("“%(title)s”: %(when)s.", title=title_of(one), when=", ".join(_when_and_where(one)))


def _when_and_where(one: Booking) -> list[str]:
    parts = [on_day(one.days[0])]
    if one.starts and one.ends and one.exact:
        ends = _("open end") if one.open_end else _clock_of_end(one.ends)
        late = local_time(one.starts).date() > one.days[0]
        starts = _clock_of_end(one.starts) if late else _clock(one.starts)
        parts.append(f"{starts}–{ends}")
    else:
        parts.append(_("the hour is not exact"))
    place = in_language(one.venue_name).text if one.venue_name else ""
    place = f"{place} ({one.part})" if place and one.part else place or one.part
    if place:
        parts.append(place)
    taken = one.taken
    if taken and one.exact and (one.set_up or one.clearing):
        parts.append(
            _(
                "taken %(from)s–%(to)s with setting up and clearing",
                **{"from": _clock(taken.starts), "to": _clock(taken.ends)},
            )
        )
    return parts


def _facts(clash: Clash, zones: Mapping[str, Words]) -> list[str]:
    told = []
    if clash.kind == "performer_moves":
        told.append(
            _(
                "The way takes about %(needed)s min, there are %(there)s min.",
                needed=clash.needed_min,
                there=clash.there_min,
            )
        )
    if clash.rows:
        rows = "; ".join(row_said(row, zones) for row in clash.rows)
        told.append(_("Crossed: %(rows)s.", rows=rows))
    if clash.stalls:
        told.append(_("Stalls: %(stalls)s.", stalls=", ".join(clash.stalls)))
    if clash.window:
        told.append(_("Both at once: %(window)s.", window=_window(clash.window)))
    return told


def _resolve(clash: Clash) -> tuple[str, ...]:
    told = []
    free = clash.free
    hours = [one for one in (free.before, free.after) if one] if free else []
    if hours:
        said = [_clock(one) for one in hours]
        title = title_of(clash.first)
        told.append(
            _(
                "“%(title)s” could begin at %(one)s or at %(other)s.",
                title=title,
                one=said[0],
                other=said[1],
            )
            if len(said) == 2
            else _("“%(title)s” could begin at %(one)s.", title=title, one=said[0])
        )
    window = clash.window
    blanks = {"starts": _clock(window.starts), "ends": _clock(window.ends)} if window else {}
    told.append(gettext(OTHERWISE[clash.kind], **blanks))
    return tuple(told)


def row_said(row: str, zones: Mapping[str, Words]) -> str:
    """A row "zone:row" for people: "row A, the meat pavilion"; the code of an unknown zone."""
    code, _colon, name = row.partition(":")
    zone = in_language(zones[code]).text if code in zones else code
    return _("row %(row)s, %(zone)s", row=name, zone=zone) if name else zone


def _window(window: Window) -> str:
    return f"{_clock(window.starts)}–{_clock(window.ends)}"


def _clock_of_end(at: datetime) -> str:
    """The hour of an end; midnight is 24.00 of the day before."""
    shown = local_time(at).time()
    return clock_time(shown) if shown.hour or shown.minute else _("24:00")


def _clock(at: datetime) -> str:
    return clock_time(local_time(at).time())
