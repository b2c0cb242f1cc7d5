"""Taps of the office on the day: saved once, or said why not, to a queue or on the page itself."""

from collections.abc import Callable
from datetime import date

from flask import Response, abort, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.errors import unplaceable_said
from app.languages import gettext as _
from app.pages.organiser import office_saving
from app.pages.organiser.this_day import Told, free_options, this_day_page
from app.placing import Taken, Unplaceable
from app.sending import Saving, wants_json
from app.taps import Late, Options, Unfit, problem, quicker
from market.places.models import Stall
from market.places.queries import stall_with_number
from vendors.registry.models import Vendor
from vendors.registry.queries import vendor_of_office


class Which(Exception):  # noqa: N818 - it asks back
    """What was typed fits several vendors, or none: `options` to choose from, and the field."""

    def __init__(self, sentence: str, options: Options) -> None:
        super().__init__(sentence)
        self.sentence, self.options = sentence, options


def answered(tap: Callable[[Saving], Response]) -> ResponseReturnValue:
    """Save a tap, or say why not: to a queue as JSON, to people on the page itself."""
    try:
        with office_saving() as save:
            return tap(save)
    except Late as late:
        return quicker(late, lambda choice: (this_day_page(Told(choice=choice)), 409))
    except Unfit as unfit:
        return refused(unfit.reason, unfit.sentence)
    except Unplaceable as unplaceable:
        return refused(unplaceable.reason, unplaceable_said(unplaceable))
    except Which as which:
        if wants_json():
            return problem(
                422, "which", which.sentence, field="vendor", options=list(which.options)
            )
        return this_day_page(Told(problem=which.sentence, options=which.options)), 422


def refused(reason: str, sentence: str) -> ResponseReturnValue:
    """Say why a tap was not taken."""
    if wants_json():
        return problem(422, reason, sentence)
    return this_day_page(Told(problem=sentence, typed=dict(request.form))), 422


def home(anchor: str = "") -> str:
    """The page of the day."""
    return url_for("office.this_day", _anchor=anchor or None)


def vendor_tapped(save: Saving) -> Vendor:
    """The vendor that a tap is about; 404 when nobody is called so."""
    return vendor_of_office(save.session, request.form.get("vendor", "")) or abort(404)


def stall_tapped(save: Saving, name: str = "stall") -> Stall:
    """The stall that a tap is about; 404 when there is no such stall."""
    return stall_with_number(save.session, request.form.get(name, "")) or abort(404)


def taken(found: Session, refusal: Taken, day: date, mine: str) -> Late:
    """A stall that somebody else has by now: who, and which stalls are still free."""
    theirs = refusal.holder or _("somebody else")
    about = _("Stall %(stall)s", stall=refusal.number)
    return Late(about, mine, theirs, field="stall", options=free_options(found, day))
