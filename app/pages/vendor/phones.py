"""My telephones: which ones are in, since when, and the buttons that put them out."""

from dataclasses import dataclass
from datetime import datetime

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.clock import moment
from app.database import session
from app.devices import device_name
from app.languages import N_, ngettext
from app.languages import gettext as _
from app.pages.vendor import blueprint, only_the_vendor, own_account
from app.sending import saving
from vendors.fields import identity
from vendors.keys.models import KnownPhone
from vendors.keys.queries import end_phones, phones_of

WAYS = {
    "card": N_("with the card"),
    "link": N_("by a link from a letter"),
    "code": N_("with a code from the office"),
}


@dataclass(frozen=True)
class Phone:
    """A known telephone as the list tells it."""

    number: int
    name: str
    way: str
    since: datetime
    used: datetime
    is_this: bool


@blueprint.get("/talruni")
@only_the_vendor
def phones() -> ResponseReturnValue:
    """The telephones that are in as this vendor."""
    who = own_account()
    found = [_told(row, who.phone_id) for row in phones_of(session(), who.vendor_id, moment())]
    found.sort(key=lambda phone: not phone.is_this)
    return render_template("vendor/phones.html", phones=found)


def _told(row: KnownPhone, this: int) -> Phone:
    return Phone(
        number=identity(row),
        name=device_name(row.device),
        way=WAYS[row.way],
        since=row.came_in_at,
        used=row.seen_at,
        is_this=row.id == this,
    )


@blueprint.post("/talruni")
@only_the_vendor
def end_phone() -> ResponseReturnValue:
    """End one of the vendor's telephones, or with `which=others` all but this one. At once."""
    which = request.form.get("which", "")
    with saving() as save:
        mine = save.account.vendor_id
        if which == "others":
            count = end_phones(save.session, save.at, vendor_id=mine, but=save.account.phone_id)
        elif which.isdecimal() and len(which) < 10 and int(which) != save.account.phone_id:
            count = end_phones(save.session, save.at, vendor_id=mine, phone_id=int(which))
            if not count:
                abort(404)
        else:
            abort(404)
        said = ngettext("%(num)s telephone is out.", "%(num)s telephones are out.", count)
        return save.done(url_for("own.phones"), said if count else _("No other telephone was in."))
