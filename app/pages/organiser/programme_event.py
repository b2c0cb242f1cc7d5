"""One event at the desk: written, published in spite of what clashes or not, cancelled, back."""

from collections.abc import Sequence
from uuid import uuid4

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.changes import Stale
from app.clock import now
from app.database import session
from app.forms import Form, is_ticked, read_form, typed_texts
from app.languages import gettext as _
from app.languages import languages
from app.names_of_clashes import ClashSaid
from app.pages.organiser import blueprint, office_saving
from app.pages.organiser.programme_clashing import changed, clashes_if
from app.pages.organiser.programme_form import (
    places_known,
    read_event,
    typed_of_event,
)
from app.performers import performers_read, vendors_by_name, with_those_before
from app.sending import Saving, version_sent
from app.url_types import day_asked
from market.programme.bookings import Performer
from market.programme.models import EVENT_STATES, Event, EventFields, EventPerformer
from market.programme.queries import item_of, performers_of
from market.programme.schedule import Item, listed_days
from vendors.fields import identity

PUBLISH = "publish"


@blueprint.get("/programma/jauns")
def new_programme_event() -> ResponseReturnValue:
    """The form of a new event."""
    day = day_asked(request.args.get("diena"), now().date())
    typed = {"first_day": day.isoformat(), "price": "free", "festival": request.args.get("svetki")}
    return _page(Form(typed={**typed, "hour": "exact", "set_up_min": "0", "clearing_min": "0"}))


@blueprint.post("/programma/jauns")
def add_programme_event() -> ResponseReturnValue:
    """Keep a new event as a draft, or publish it at once."""
    form, performers = read_event(session(), vendors_by_name(session()))
    if form.errors:
        return _page(form), 422
    values = {**form.values, "published": request.form.get("act") == PUBLISH}
    asks = _asks(session(), Event(uid="", **values), performers)
    if asks:
        return _page(form, asks=asks), 422
    with office_saving() as save:
        event = Event(uid=f"{uuid4().hex}@tukuma-tirgus", **values)
        save.add(event, action="programme_new")
        _write_performers(save, event, performers, "programme_new")
        where = url_for("office.programme_event", event_number=event.id)
        return save.done(where, _said(event))


@blueprint.get("/programma/<int(max=2147483647):event_number>")
def programme_event(event_number: int) -> ResponseReturnValue:
    """One event to be edited, with what clashes."""
    item = _item(session(), event_number)
    return _page(Form(typed=typed_of_event(session(), item)), item)


@blueprint.post("/programma/<int(max=2147483647):event_number>")
def save_programme_event(event_number: int) -> ResponseReturnValue:
    """Save an event as a draft or published; if somebody was quicker, both are shown."""
    item = _item(session(), event_number)
    form, performers = read_event(session(), _vendors_known(session(), event_number))
    if form.errors:
        return _page(form, item), 422
    published = {"published": request.form.get("act") == PUBLISH}
    asks = _asks(session(), changed(item.event, {**form.values, **published}), performers)
    if asks:
        return _page(form, item, asks=asks), 422
    try:
        with office_saving() as save:
            event = save.session.get(Event, event_number) or abort(404)
            action = (
                "programme"
                if event.published == published["published"]
                else _ACTS[published["published"]]
            )
            values = {**form.values, **published, "sequence": event.sequence + 1}
            save.change(event, values, action=action, version=version_sent())
            _write_performers(save, event, performers, action)
            where = url_for("office.programme_event", event_number=event_number)
            return save.done(where, _said(event))
    except Stale as stale:
        fresh = _item(session(), identity(stale.row))
        return _page(form, fresh, is_stale=True), 409


_ACTS = {True: "programme_published", False: "programme_draft"}


@blueprint.post("/programma/<int(max=2147483647):event_number>/stavoklis")
def change_programme_state(event_number: int) -> ResponseReturnValue:
    """Cancel, postpone or hold an event after all, with a public line of what changed."""
    item = _item(session(), event_number)
    names = ("state", *(f"state_words.{language}" for language in languages()))
    typed = typed_texts(*names)
    words = {language: typed[f"state_words.{language}"] for language in languages()}
    told = words if any(words.values()) else None
    form = read_form(EventFields, {"state": typed["state"], "state_words": told}, typed)
    if "state_words" in form.errors:
        form.refuse("state_words.lv", form.errors.pop("state_words"))
    if typed["state"] not in EVENT_STATES:
        form.refuse("state", _("Please choose one."))
    if typed["state"] != "confirmed" and not words["lv"]:
        form.refuse("state_words.lv", _("Please say in one line what changed."))
    for language in languages():
        if len(words[language]) > 300:
            form.refuse(f"state_words.{language}", _("Please shorten this."))
    if form.errors:
        form.typed = {**typed_of_event(session(), item), **typed}
        return _page(form, item), 422
    back = changed(item.event, form.values)
    if item.event.state != "confirmed" and back.state == "confirmed" and item.event.published:
        asks = _asks(session(), back, None)
        if asks:
            form.typed = {**typed_of_event(session(), item), **typed}
            return _page(form, item, asks=asks, about_state=True), 422
    try:
        with office_saving() as save:
            event = save.session.get(Event, event_number) or abort(404)
            values = {**form.values, "sequence": event.sequence + 1}
            save.change(event, values, action="programme_state", version=version_sent())
            where = url_for("office.programme_event", event_number=event_number)
            return save.done(where, _("Saved. Visitors and calendars see it at once."))
    except Stale as stale:
        fresh = _item(session(), identity(stale.row))
        form.typed = {**typed_of_event(session(), fresh), **typed}
        return _page(form, fresh, is_stale=True), 409


@blueprint.post("/programma/<int(max=2147483647):event_number>/nonemt")
def remove_programme_event(event_number: int) -> ResponseReturnValue:
    """Take a draft away; what was published is cancelled or made a draft first."""
    item = _item(session(), event_number)
    if item.event.published:
        abort(409)
    day = listed_days(item.event)[0]
    with office_saving() as save:
        event = save.session.get(Event, event_number) or abort(404)
        for row in performers_of(save.session, [event_number]).get(event_number, ()):
            save.remove(row, action="programme_away")
        save.remove(event, action="programme_away")
        return save.done(url_for("office.programme", diena=day), _("The draft was removed."))


def _item(found: Session, number: int) -> Item:
    return item_of(found, number) or abort(404)


def _vendors_known(found: Session, number: int) -> dict[str, int]:
    """The vendors by their names, and those of this event by the names written here."""
    before = performers_of(found, [number]).get(number, ())
    return with_those_before(vendors_by_name(found), before)


def _said(event: Event) -> str:
    if event.published:
        return _("Saved. Visitors and calendars see it at once.")
    return _("The draft is kept; visitors do not see it.")


def _asks(found: Session, event: Event, performers: Sequence[Performer] | None) -> list[ClashSaid]:
    """What must be agreed to before an event is published."""
    if not event.published or is_ticked("anyway"):
        return []
    told = None if performers is None else {event.id or 0: tuple(performers)}
    return clashes_if(found, [event], told)


def _write_performers(
    save: Saving, event: Event, performers: Sequence[Performer], action: str
) -> None:
    """Write the list of performers anew where it differs."""
    number = identity(event)
    rows = performers_of(save.session, [number]).get(number, ())
    if [(row.name, row.vendor_id) for row in rows] == [
        (one.name, one.vendor_id) for one in performers
    ]:
        return
    for row in rows:
        save.remove(row, action=action)
    for place, one in enumerate(performers, start=1):
        row = EventPerformer(
            event_id=number, position=place, name=one.name, vendor_id=one.vendor_id
        )
        save.add(row, action=action)


def _page(
    form: Form,
    item: Item | None = None,
    *,
    asks: Sequence[ClashSaid] = (),
    is_stale: bool = False,
    about_state: bool = False,
) -> str:
    found = session()
    theirs = {}
    if is_stale and item is not None:
        kept = typed_of_event(found, item)
        theirs = {name: kept[name] or "–" for name in kept if kept[name] != form.typed.get(name)}
    known = _vendors_known(found, identity(item.event) if item else 0)
    performers = performers_read(form.text("performers").splitlines(), known)
    return render_template(
        "organiser/programme_event.html",
        form=form,
        item=item,
        event=item.event if item else None,
        asks=asks,
        about_state=about_state,
        clashes=[] if asks or item is None or form.errors else clashes_if(found, [item.event]),
        theirs=theirs,
        vendors=[one for one in performers if one.vendor_id is not None],
        **places_known(found, form),
    )
