"""One market day: its hours, kind, words and weather; cancelling it, and taking that back."""

from datetime import date
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.cancelling import cancel, hold, reached
from app.changes import Stale
from app.clock import now
from app.database import session
from app.forms import Form, Typed, read_form, typed_texts
from app.languages import gettext as _
from app.languages import languages, long_day, ngettext
from app.pages.organiser import blueprint, office_saving
from app.pages.organiser.days import ADVICE_WORDS, KIND_WORDS, SOURCE_WORDS, one_day
from app.pages.organiser.paper import pdf
from app.pages.organiser.squares import square, square_named
from app.sending import version_sent
from market.days.calendar_of_days import CalendarDay
from market.days.hours import Cancelled, Open
from market.days.models import DAY_KINDS, MarketDay, MarketDayFields
from market.days.queries import market_day_on
from market.days.settings import hour_typed
from market.places.models import Site
from market.places.queries import sites
from vendors.fields import identity

TEXTS = ("words", "weather")
LONGEST_WORDS = 300


@blueprint.get("/dienas/<day:day>")
def one_market_day(day: date) -> ResponseReturnValue:
    """A day: its hours, kind, words and weather."""
    site = square(session())
    one = one_day(session(), site, day)
    return _page(site, one, Form(typed=typed_of(one), version=one.row.version if one.row else 0))


@blueprint.post("/dienas/<day:day>")
def change_market_day(day: date) -> ResponseReturnValue:
    """Save a day; if somebody else was quicker, both are shown. Placements stay."""
    site, form = square(session()), _read(day)
    one = one_day(session(), site, day)
    if form.errors:
        return _page(site, one, form), 422
    closes_it = form.values["opens"] is None and isinstance(one.hours, Open)
    if closes_it and reached(session(), identity(site), day).count:
        # Vendors with a place must hear of it, so such a day is cancelled and not just closed.
        return redirect(url_for("office.cancel_page", day=day, laukums=square_named()), 303)
    try:
        with office_saving() as save:
            row = market_day_on(save.session, identity(site), day)
            if row is None:
                if version_sent():
                    raise Stale(None)
                save.add(MarketDay(site_id=identity(site), **form.values), action="market_day")
            else:
                save.change(row, form.values, action="market_day", version=version_sent())
            back = url_for("office.one_market_day", day=day, laukums=square_named())
            return save.done(back, _("Saved."))
    except Stale:
        session().expire_all()
        return _page(site, one_day(session(), site, day), form, is_stale=True), 409


def _read(day: date) -> Form:
    names = [f"{text}.{language}" for text in TEXTS for language in languages()]
    typed = typed_texts("opens", "closes", "kind", *names)
    values: dict[str, Any] = {"day": day, "kind": typed["kind"] or "ordinary"}
    for text in TEXTS:
        told = {language: typed[f"{text}.{language}"] for language in languages()}
        values[text] = told if any(told.values()) else None
    for name in ("opens", "closes"):
        values[name] = hour_typed(typed[name]) if typed[name] else None
    form = read_form(MarketDayFields, values, typed)
    for name in ("opens", "closes"):
        if typed[name] and values[name] is None:
            form.refuse(name, _("Please give a time, such as 10.00."))
    _refuse_hours(form, typed, values)
    for text in TEXTS:
        if text in form.errors:
            form.refuse(f"{text}.lv", form.errors.pop(text))
        for language in languages():
            if len(typed[f"{text}.{language}"]) > LONGEST_WORDS:
                form.refuse(f"{text}.{language}", _too_long())
    return form


def _refuse_hours(form: Form, typed: Typed, values: dict[str, Any]) -> None:
    if values["kind"] not in DAY_KINDS:
        form.refuse("kind", _("Please choose one."))
    if bool(typed["opens"]) != bool(typed["closes"]):
        missing = "closes" if typed["opens"] else "opens"
        form.refuse(missing, _("Please give both times, or none for a day without a market."))
    elif values["opens"] and values["closes"] and values["opens"] >= values["closes"]:
        form.refuse("closes", _("The market cannot close before it opens."))


def _too_long() -> str:
    return ngettext(
        "Please shorten this to %(num)s character.",
        "Please shorten this to %(num)s characters.",
        LONGEST_WORDS,
    )


def typed_of(one: CalendarDay) -> Typed:
    """A day as its form shows it; without a row of its own the usual hours stand there."""
    row, usual = one.row, one.usual
    source: Any = row if row is not None else usual
    typed: Typed = {"kind": row.kind if row else "ordinary"}
    for name in ("opens", "closes"):
        hour = getattr(source, name, None)
        typed[name] = f"{hour:%H:%M}" if hour else ""
    for text in TEXTS:
        told = (getattr(row, text) if row else None) or {}
        typed |= {f"{text}.{language}": told.get(language, "") for language in languages()}
    return typed


def _page(site: Site, one: CalendarDay, form: Form, *, is_stale: bool = False) -> str:
    theirs = {}
    if is_stale:
        theirs = {
            name: str(value) or "–"
            for name, value in typed_of(one).items()
            if str(value) != form.text(name)
        }
    found = session()
    return render_template(
        "organiser/market_day.html",
        site=site,
        places=sites(found),
        square=square_named(),
        one=one,
        form=form,
        theirs=theirs,
        is_cancelled=isinstance(one.hours, Cancelled),
        is_open=isinstance(one.hours, Open),
        reached=reached(found, identity(site), one.day),
        version=one.row.version if one.row else 0,
        today=now().date(),
        kinds=[(key, _(words)) for key, words in KIND_WORDS.items()],
        advice=ADVICE_WORDS,
        sources=SOURCE_WORDS,
    )


@blueprint.get("/dienas/<day:day>/atcelt")
def cancel_page(day: date) -> ResponseReturnValue:
    """What cancelling a day does, before it is done: whom it concerns and how they hear of it."""
    return _cancel_page(day, Form())


@blueprint.post("/dienas/<day:day>/atcelt")
def cancel_day(day: date) -> ResponseReturnValue:
    """Cancel a day: pages, signs, calendars and letters to its vendors, all at once."""
    site, form = square(session()), _read_words()
    if form.errors:
        return _cancel_page(day, form), 422
    if not isinstance(one_day(session(), site, day).hours, Open | Cancelled):
        abort(404)
    try:
        with office_saving() as save:
            letters = cancel(save, site, day, form.values["words"], version_sent())
            said = _("The market day is cancelled: pages, signs and calendars say so.")
            written = ngettext(
                "%(num)s letter is on its way.", "%(num)s letters are on their way.", letters
            )
            back = url_for("office.cancel_page", day=day, laukums=square_named())
            return save.done(back, f"{said} {written}" if letters else said)
    except Stale:
        session().expire_all()
        return _cancel_page(day, form, is_stale=True), 409


@blueprint.post("/dienas/<day:day>/notiek")
def hold_day(day: date) -> ResponseReturnValue:
    """Take a cancellation back: everything says so again, and the vendors get a second letter."""
    site = square(session())
    with office_saving() as save:
        letters = hold(save, site, day, version_sent())
        said = _("The market day takes place after all: pages, signs and calendars say so.")
        written = ngettext(
            "%(num)s letter is on its way.", "%(num)s letters are on their way.", letters
        )
        back = url_for("office.one_market_day", day=day, laukums=square_named())
        return save.done(back, f"{said} {written}" if letters else said)


@blueprint.get("/dienas/<day:day>/zvani.pdf")
def cancelled_calls(day: date) -> ResponseReturnValue:
    """Whom to call about a cancelled day, because no letter reaches them."""
    from app.paper.cancelled_calls import cancelled_calls_pdf

    site = square(session())
    one = one_day(session(), site, day)
    words = (one.hours.words or {}).get("lv", "") if isinstance(one.hours, Cancelled) else ""
    lines = reached(session(), identity(site), day).by_call
    return pdf(cancelled_calls_pdf(lines, day, words), f"atcelts-{day.isoformat()}")


def _read_words() -> Form:
    names = [f"words.{language}" for language in languages()]
    typed = typed_texts(*names)
    told = {language: typed[f"words.{language}"] for language in languages()}
    form = read_form(MarketDayFields, {"words": told}, typed)
    if "words" in form.errors:
        form.refuse("words.lv", form.errors.pop("words"))
    if not told["lv"]:
        form.errors["words.lv"] = _("Please say in Latvian why there is no market.")
    for name in names:
        if len(typed[name]) > LONGEST_WORDS:
            form.refuse(name, _too_long())
    return form


def _cancel_page(day: date, form: Form, *, is_stale: bool = False) -> str:
    found = session()
    site = square(found)
    one = one_day(found, site, day)
    is_cancelled = isinstance(one.hours, Cancelled)
    if not form.typed and is_cancelled:
        form.typed = {name: text for name, text in typed_of(one).items() if "words" in name}
    return render_template(
        "organiser/cancel_day.html",
        day=day,
        day_said=long_day(day),
        site=site,
        square=square_named(),
        one=one,
        form=form,
        is_cancelled=is_cancelled,
        can_cancel=isinstance(one.hours, Open | Cancelled),
        is_over=day < now().date(),
        reached=reached(found, identity(site), day),
        version=one.row.version if one.row else 0,
        theirs=dict((one.row.words if one.row else None) or {}) if is_stale else {},
        posted=request.method == "POST",
    )
