"""My photographs: sent from the telephone, described, put in order, taken away."""

from typing import Any

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from app.changes import Stale
from app.database import session
from app.forms import Form, read_form
from app.languages import LATVIAN, languages
from app.languages import gettext as _
from app.making import Busy, NotMade, made_anew
from app.pages.photographs import picture_answer
from app.pages.vendor import blueprint, own_vendor_id
from app.pages.vendor.uploads import file_sent, takes_files
from app.photographs import folder, refusal
from app.sending import Saving, saving, version_sent
from vendors.registry.queries import photographs_of
from vendors.stories import album
from vendors.stories.models import Photograph, PhotographFields
from vendors.stories.queries import next_position, photograph_in, stand_in_line

MOST = 30
LONGEST_WORDS = 200
RETRY_AFTER = {"Retry-After": "10"}
NUMBER = "<int(max=2147483647):number>"


@blueprint.get("/fotografijas")
def photographs() -> ResponseReturnValue:
    """All photographs with their words, and the field for one more."""
    return _page(Form())


def _page(form: Form, changed: int = 0, words: Form | None = None) -> str:
    found = photographs_of(session(), own_vendor_id())
    forms = {one.id: Form(typed=dict(one.words), version=one.version) for one in found}
    if words is not None:
        forms[changed] = words
    return render_template(
        "vendor/photographs.html", form=form, photographs=found, forms=forms, most=MOST
    )


@blueprint.post("/fotografijas", endpoint=takes_files("add_photograph"))
def add_photograph() -> ResponseReturnValue:
    """Make a photograph anew, put its files on disk, then its row."""
    form = Form()
    try:
        sent = file_sent("camera", "gallery")
    except RequestEntityTooLarge:
        form.refuse("gallery", refusal("too_large"))
        return _page(form), 413
    words = _words_typed()
    form.typed = dict(words)
    if sent is None:
        form.refuse("gallery", _("Please choose a photograph."))
    if words:
        form.errors.update(_checked(words).errors)
    if form.errors or sent is None:
        return _page(form), 422
    try:
        with made_anew("photograph", sent) as (facts, files):
            album.put(folder(), files)
    except NotMade as not_made:
        form.refuse("gallery", refusal(not_made.reason))
        return _page(form), 422
    except Busy:
        form.refuse("gallery", _("Many photographs arrive just now. Please send it once more."))
        return _page(form), 503, RETRY_AFTER
    except OSError:
        abort(503)
    return _save(facts, words)


def _save(facts: dict[str, Any], words: dict[str, str]) -> ResponseReturnValue:
    """Add the row after the vendor's others; the same photograph again is not added twice."""
    where = url_for("own.photographs")
    with saving() as save:
        vendor_id = save.account.vendor_id
        stand_in_line(save.session, vendor_id)
        found = photographs_of(save.session, vendor_id)
        if any(one.digest == facts["digest"] for one in found):
            return save.done(where, _("This photograph is here already."))
        if len(found) >= MOST:
            form = Form(typed=dict(words))
            said = _("%(most)s photographs are enough. Please take one away first.", most=MOST)
            form.refuse("gallery", said)
            return _page(form), 422
        position = next_position(save.session, vendor_id)
        row = Photograph(
            vendor_id=vendor_id, **facts, words=words, shown=bool(words), position=position
        )
        row.looked_at = save.at if save.account.person else None
        save.add(row, action="photograph")
        said = _("The photograph is kept, and everybody can see it.")
        if not words:
            said = _("The photograph is kept. Say what can be seen, and everybody can see it.")
        return save.done(f"{where}#attels-{row.id}", said)


def _words_typed() -> dict[str, str]:
    """What can be seen, by language; languages without words are left out."""
    typed = {one: request.form.get(f"words-{one}", "").strip() for one in languages()}
    return {language: text for language, text in typed.items() if text}


def _checked(words: dict[str, str]) -> Form:
    form = read_form(PhotographFields, {"words": words}, typed=dict(words))
    if form.errors:
        form.errors = {"words": next(iter(form.errors.values()))}
    if any(len(text) > LONGEST_WORDS for text in words.values()):
        form.refuse("words", _("Please shorten this to %(most)s characters.", most=LONGEST_WORDS))
    return form


def _own(save: Saving, number: int) -> Photograph:
    stand_in_line(save.session, save.account.vendor_id)
    found = photograph_in(save.session, save.account.vendor_id, number)
    if found is None:
        abort(404)
    return found


@blueprint.post(f"/fotografijas/{NUMBER}")
def describe_photograph(number: int) -> ResponseReturnValue:
    """Say what can be seen; from then on everybody sees the photograph."""
    words = _words_typed()
    form = _checked(words)
    form.version = version_sent()
    if photograph_in(session(), own_vendor_id(), number) is None:
        abort(404)
    if form.errors:
        return _page(Form(), number, form), 422
    with saving() as save:
        row = _own(save, number)
        values = {"words": form.values["words"], "shown": True}
        try:
            save.change(row, values, action="photograph_words", version=version_sent())
        except Stale as stale:
            form.version = stale.row.version
            other = stale.row.words.get(LATVIAN, "–")
            form.refuse("words", _("On another telephone it was changed to: %(text)s", text=other))
            return _page(Form(), number, form), 409
        said = _("The words are kept, and everybody can see the photograph.")
        return save.done(_at(number), said)


@blueprint.post(f"/fotografijas/{NUMBER}/parvietot")
def move_photograph(number: int) -> ResponseReturnValue:
    """Change places with the photograph before or after."""
    step = {"up": -1, "down": 1}.get(request.form.get("way", ""))
    if step is None:
        abort(404)
    with saving() as save:
        _own(save, number)
        found = list(photographs_of(save.session, save.account.vendor_id))
        place = next(at for at, one in enumerate(found) if one.id == number)
        to = min(max(0, place + step), len(found) - 1)
        found.insert(to, found.pop(place))
        for position, one in enumerate(found, 1):
            save.change(one, {"position": position}, action="photograph_order")
        return save.done(_at(number), _("The order is kept."))


@blueprint.post(f"/fotografijas/{NUMBER}/nonemt")
def remove_photograph(number: int) -> ResponseReturnValue:
    """Take a photograph away; its files stay, so that it can be brought back."""
    with saving() as save:
        save.remove(_own(save, number), action="photograph_away")
        return save.done(url_for("own.photographs"), _("The photograph is taken away."))


def _at(number: int) -> str:
    return f"{url_for('own.photographs')}#attels-{number}"


@blueprint.get(f"/fotografijas/{NUMBER}-<int:width>.<any(webp, jpg):suffix>")
def own_photograph(number: int, width: int, suffix: str) -> Response:
    """A photograph in one of its widths, also one that is not shown to anybody else yet."""
    found = photograph_in(session(), own_vendor_id(), number)
    if found is None:
        abort(404)
    return picture_answer(found, width, suffix)
