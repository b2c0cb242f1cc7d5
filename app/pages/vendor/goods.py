"""My goods: the vendor's own price list, its order, and one good with its form."""

from collections.abc import Sequence
from datetime import date

from flask import abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app import forms_of_goods as fields
from app.changes import Stale
from app.clock import now
from app.database import session
from app.forms import Form
from app.goods_said import (
    SHIFTS,
    allergens_said,
    months_said,
    net_said,
    price_said,
    unit_price_said,
)
from app.languages import LATVIAN, in_language, speaking
from app.languages import gettext as _
from app.names import category, kind, origin, unit
from app.pages.vendor import blueprint, own_vendor_id
from app.pages.visitor.parts import priced
from app.sending import Saving, saving, version_sent, wants_json
from vendors.fields import identity
from vendors.listings.kinds import KINDS
from vendors.listings.models import Good
from vendors.listings.ordering import place_after_all, places_after
from vendors.listings.prices import net_is_missing, package
from vendors.listings.queries import all_goods, all_goods_alone, good_of
from vendors.registry.queries import photographs_of
from vendors.stories.models import Photograph

GOOD = "/preces/<int(max=2147483647):good_id>"


@blueprint.get("/preces")
def goods() -> ResponseReturnValue:
    """The own price list in its order; below it what is no longer sold."""
    today = now().date()
    found = all_goods(session(), own_vendor_id())
    shown = {one.id: one for one in _photographs(session())}
    listed = [priced(good, today, shown) for good in found]
    return render_template(
        "vendor/goods.html",
        sold=[one for one in listed if one.good.archived_on is None],
        archived=[one for one in listed if one.good.archived_on is not None],
        without_net={good.id for good in found if net_is_missing(good)},
        today=today,
    )


def _photographs(found: Session) -> list[Photograph]:
    return [one for one in photographs_of(found, own_vendor_id()) if one.shown]


@blueprint.get("/preces/jauna")
def new_good() -> ResponseReturnValue:
    """The form of a good that is not yet in the list."""
    return _form_page(session(), Form(fields.typed_at_first()), None)


@blueprint.get(GOOD)
def good(good_id: int) -> ResponseReturnValue:
    """The form of one good."""
    found = all_goods(session(), own_vendor_id())
    one = next((one for one in found if one.id == good_id), None) or abort(404)
    return _form_page(session(), _form_of(one), one)


def _form_of(one: Good) -> Form:
    form = Form(fields.typed_of(one, now().date()), version=one.version)
    form.typed["seen"] = fields.digest_of(one)
    return form


def _form_page(
    found: Session,
    form: Form,
    one: Good | None,
    differences: Sequence[tuple[str, str, str]] = (),
) -> str:
    return render_template(
        "vendor/goods_form.html",
        form=form,
        good=one,
        fields=fields,
        kinds=KINDS,
        names_of_kinds=_names_of_kinds(),
        other_names_wrong=any(
            name in form.errors for name, _language in fields.name_fields() if name != "name.lv"
        ),
        photographs=_photographs(found),
        has_photographs_page="own.photographs" in current_app.view_functions,
        differences=differences,
    )


def _names_of_kinds() -> dict[str, str]:
    """What each kind is called in Latvian, to be filled in on choosing it."""
    with speaking(LATVIAN):
        return {key: kind(key) for key in KINDS}


@blueprint.post("/preces/jauna")
def add_good() -> ResponseReturnValue:
    """Add a good to the end of the list."""
    with saving() as save:
        listed = all_goods_alone(save.session, save.account.vendor_id)
        form = _read(save, None)
        if form.errors:
            return _form_page(save.session, form, None), 422
        added = Good(
            vendor_id=save.account.vendor_id,
            position=place_after_all(listed),
            confirmed_on=now().date(),
            **form.values,
        )
        save.add(added, action="new_good")
        return save.done(url_for("own.goods"), _said_after_saving(added))


@blueprint.post(GOOD)
def change_good(good_id: int) -> ResponseReturnValue:
    """Change a good, and so confirm it; if somebody else was quicker, show both to choose from."""
    with saving() as save:
        one = good_of(save.session, save.account.vendor_id, good_id) or abort(404)
        form = _read(save, one)
        if form.errors:
            form.version, form.typed["seen"] = version_sent(), request.form.get("seen", "")
            return _form_page(save.session, form, one), 422
        values = {**form.values, "confirmed_on": now().date()}
        is_as_seen = request.form.get("seen") == fields.digest_of(one)
        is_same = all(getattr(one, name) == value for name, value in form.values.items())
        version = one.version if is_as_seen or is_same else version_sent()
        try:
            save.change(one, values, action="good", version=version)
        except Stale:
            if wants_json():
                raise
            return _choice_page(save.session, form, one), 409
        return save.done(url_for("own.goods"), _said_after_saving(one))


def _said_after_saving(one: Good) -> str:
    """What visitors read from now on, with the price of a kilogram or litre that follows."""
    of_one = unit_price_said(one)
    price = f"{price_said(one)} ({of_one})" if of_one else price_said(one)
    return _("Saved: %(good)s, %(price)s", good=in_language(one.name).text, price=price)


def _read(save: Saving, before: Good | None) -> Form:
    """What was typed; the same good twice would be taken for one in lists."""
    pictures = {identity(one) for one in _photographs(save.session)}
    if before is not None and before.photograph_id is not None:
        pictures.add(before.photograph_id)
    form = fields.read_good(fields.typed_good(), now().date(), before, pictures)
    listed = all_goods(save.session, save.account.vendor_id)
    own = before.id if before else None
    if not form.errors and (other := fields.same_good(form.values, listed, own)):
        form.refuse("name.lv", _already_there(other))
    return form


def _already_there(other: Good) -> str:
    if other.archived_on is not None:
        return _("You have this among the goods you no longer sell. Press “I sell it again” there.")
    return _("You have this in your list already. Please change that one, or the name of this.")


def _choice_page(found: Session, form: Form, one: Good) -> str:
    """Both texts side by side: mine, typed in, against what stands there now."""
    mine, theirs = _said(Good(**form.values), found), _said(one, found)
    differences = [
        (fields.label(name), mine[name], theirs[name])
        for name in fields.FIELDS_OF_GOOD
        if mine[name] != theirs[name]
    ]
    form.version, form.typed["seen"] = one.version, fields.digest_of(one)
    return _form_page(found, form, one, differences)


def _said(one: Good, found: Session) -> dict[str, str]:
    """Each field of a good in words."""
    pictures = {picture.id: in_language(picture.words).text for picture in _photographs(found)}
    return {
        "kind": kind(one.kind) if one.kind else "",
        "name": " · ".join(one.name[language] for language in sorted(one.name, key=_latvian_first)),
        "category": category(one.category),
        "price": price_said(one),
        "per": unit(package(one)[1], package(one)[0]),
        "net": net_said(one),
        "months": months_said(one.months),
        "season": _(SHIFTS[str(one.season_shift)]),
        "origin": origin(one.origin),
        "allergens": allergens_said(one.allergens),
        "photograph": pictures.get(one.photograph_id, ""),
    }


def _latvian_first(language: str) -> tuple[bool, str]:
    return language != "lv", language


@blueprint.post(f"{GOOD}/vieta")
def move_good(good_id: int) -> ResponseReturnValue:
    """Move a good one step up or down."""
    step = request.form.get("step")
    if step not in ("-1", "1"):
        abort(400)
    with saving() as save:
        listed = all_goods_alone(save.session, save.account.vendor_id)
        if good_id not in {one.id for one in listed}:
            abort(404)
        places = places_after(listed, good_id, -1 if step == "-1" else 1)
        for one in listed:
            if one.id in places:
                save.change(one, {"position": places[one.id]}, action="good_order")
        where = url_for("own.goods", _anchor=f"prece-{good_id}")
        return save.done(where, _("Moved.") if places else "")


@blueprint.post(f"{GOOD}/nepardodu")
def archive_good(good_id: int) -> ResponseReturnValue:
    """Sell a good no longer: visitors do not see it, the vendor keeps it."""
    return _archive(good_id, now().date(), "good_archived", _("Visitors no longer see it."))


@blueprint.post(f"{GOOD}/pardodu")
def sell_good_again(good_id: int) -> ResponseReturnValue:
    """Sell a good again that was put away."""
    return _archive(good_id, None, "good_back", _("Visitors see it again."))


def _archive(good_id: int, since: date | None, action: str, said: str) -> ResponseReturnValue:
    with saving() as save:
        one = good_of(save.session, save.account.vendor_id, good_id) or abort(404)
        is_there = (one.archived_on is None) == (since is None)
        if not is_there:
            values = {"archived_on": since}
            if since is None:
                values["confirmed_on"] = now().date()
            save.change(one, values, action=action)
        return save.done(url_for("own.goods"), said)


@blueprint.post("/preces/pareizi")
def confirm_goods() -> ResponseReturnValue:
    """Confirm all goods that are sold, as they stand."""
    with saving() as save:
        for one in all_goods_alone(save.session, save.account.vendor_id):
            if one.archived_on is None:
                today = {"confirmed_on": now().date()}
                save.change(one, today, action="goods_confirmed")
        return save.done(url_for("own.goods"), _("All confirmed for today."))
