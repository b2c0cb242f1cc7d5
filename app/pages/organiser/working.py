"""Working for a vendor: in their name, as they wished it, in the order of the paper form."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.accounts import account
from app.changes import changes_of, is_undoable, takes_vendor_away, undo
from app.database import session
from app.languages import gettext as _
from app.pages.organiser import blueprint
from app.pages.organiser.vendors import one_vendor
from app.pages.organiser.words import CONSENTS
from app.pages.vendor.undoing import shows_again
from app.paper.form_parts import entry_parts
from app.sending import Refused, Saving, saving
from vendors.fields import identity
from vendors.keys.models import KnownPhone
from vendors.registry.models import Vendor


@blueprint.post("/tirgotaji/<slug>/stradat")
def begin_working(slug: str) -> ResponseReturnValue:
    """Open the vendor's pages in their name; how they wished it is asked once and kept."""
    source = request.form.get("source", "")
    with saving() as save:
        vendor = present_vendor(save.session, slug)
        if source not in CONSENTS:
            abort(422)
        _work_for(save, vendor, source)
        where = "office.entering" if source == "paper" else "own.today"
        address = url_for(where, slug=slug) if source == "paper" else url_for(where)
        return save.done(address, _("You work for %(vendor)s now.", vendor=vendor.name))


@blueprint.post("/beigt")
def stop_working() -> ResponseReturnValue:
    """Work for nobody any more, and go back to the vendor's page of the office."""
    with saving() as save:
        vendor = save.account.vendor
        _work_for(save, None, None)
        back = url_for("office.vendor", slug=vendor.slug) if vendor else url_for("office.vendors")
        return save.done(back, _("You work in your own name again."))


def _work_for(save: Saving, vendor: Vendor | None, source: str | None) -> None:
    phone = save.session.get_one(KnownPhone, save.account.phone_id)
    phone.for_vendor_id = identity(vendor) if vendor else None
    phone.for_source = source
    save.session.add(phone)


def present_vendor(found: Session, slug: str) -> Vendor:
    """The vendor of an address who has not left: for those the office does nothing any more."""
    vendor = one_vendor(found, slug)
    if vendor.state == "archived":
        abort(403)
    return vendor


@blueprint.post("/tirgotaji/<slug>/atsaukt")
def undo_of_vendor(slug: str) -> ResponseReturnValue:
    """Undo what one form has changed of this vendor, whoever sent it."""
    with saving() as save:
        vendor_id = identity(present_vendor(save.session, slug))
        found = changes_of(save.session, request.form.get("batch", ""))
        theirs = all(change.vendor_id == vendor_id for change in found)
        if not found or not theirs or not is_undoable(found, save.at):
            abort(404)
        if shows_again(found):
            raise Refused("consent_missing")
        undo(save.session, found, save.at)
        gone = takes_vendor_away(found)
        where = url_for("office.vendors") if gone else url_for("office.vendor", slug=slug)
        return save.done(where, _("Undone."))


@blueprint.get("/tirgotaji/<slug>/veidlapa")
def entering(slug: str) -> ResponseReturnValue:
    """The steps of entering a paper form: the vendor's pages in the order of the paper."""
    vendor, who = one_vendor(session(), slug), account()
    return render_template(
        "organiser/entering.html",
        vendor=vendor,
        parts=entry_parts(),
        works_for_them=who is not None and who.vendor is not None and who.vendor.slug == slug,
        may_act=who is not None and who.may_act and vendor.state != "archived",
    )
