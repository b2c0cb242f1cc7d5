"""How a vendor comes in, as the office gives and takes it: the card, a code, their telephones."""

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from app.clock import now
from app.keys import give_code, issue_card, revoke_cards
from app.languages import gettext as _
from app.languages import ngettext
from app.pages.organiser import blueprint
from app.pages.organiser.paper import pdf
from app.pages.organiser.working import present_vendor
from app.sending import Saving, saving
from vendors.fields import identity
from vendors.keys.numbers import in_groups
from vendors.keys.queries import end_phones


def by_whom(save: Saving) -> int | None:
    """The person of the office who does this."""
    return save.account.person.id if save.account.person else None


@blueprint.post("/tirgotaji/<slug>/karte")
def issue_new_card(slug: str) -> ResponseReturnValue:
    """Make the vendor's new card and hand it over as paper this one time; the older one ends.

    A form that is sent again gets no card, because nobody keeps its number and PIN.
    """
    from app.paper.vendor_card import vendor_card_sheet

    public_url: str = current_app.config["PUBLIC_URL"]
    with saving() as save:
        vendor = present_vendor(save.session, slug)
        issued = issue_card(save.session, identity(vendor), save.at, by_whom(save))
        sheet = vendor_card_sheet(vendor.name, issued.secret, issued.pin, public_url, now())
        paper = bytes(sheet.output())
        said = _(
            "The card was made. It is not shown again;"
            " if the paper did not come out, issue a new one."
        )
        save.done(url_for("office.vendor", slug=slug), said)
        return pdf(paper, f"karte-{slug}")


@blueprint.post("/tirgotaji/<slug>/kods")
def give_new_code(slug: str) -> ResponseReturnValue:
    """Make a code that lets the vendor in once within a day, and show it this one time."""
    with saving() as save:
        vendor = present_vendor(save.session, slug)
        code = give_code(save.session, vendor_id=identity(vendor), at=save.at, by=by_whom(save))
        said = _("A code was given. It is not shown again; give a new one if it was not heard.")
        save.done(url_for("office.vendor", slug=slug), said)
        return render_template("organiser/code.html", vendor=vendor, code=in_groups(code))


@blueprint.post("/tirgotaji/<slug>/karte-anulet")
def revoke_card(slug: str) -> ResponseReturnValue:
    """Revoke the vendor's card; what came in by it is ended at once, and not to be undone."""
    with saving() as save:
        vendor_id = identity(present_vendor(save.session, slug))
        revoke_cards(save.session, vendor_id, save.at)
        said = _("The card opens nothing any more, and the telephones that came in by it are out.")
        return save.done(url_for("office.vendor", slug=slug), said)


@blueprint.post("/tirgotaji/<slug>/iziet-visos")
def log_out_all(slug: str) -> ResponseReturnValue:
    """End what every telephone of the vendor has opened; at once, and not to be undone."""
    with saving() as save:
        vendor_id = identity(present_vendor(save.session, slug))
        ended = end_phones(save.session, save.at, vendor_id=vendor_id)
        said = ngettext("%(num)s telephone is out.", "%(num)s telephones are out.", ended)
        return save.done(url_for("office.vendor", slug=slug), said)
