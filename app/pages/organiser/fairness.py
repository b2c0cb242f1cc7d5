"""Fairness over the season: every vendor's balance, every place's points, and corrections."""

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue

from app.changes import Stale
from app.clock import now
from app.database import session
from app.forms import Form, read_form, typed_texts
from app.languages import N_, languages, sort_key
from app.languages import gettext as _
from app.pages.organiser import Door, blueprint, office_saving
from app.places_said import facts_said, points_table, signed
from app.sending import version_sent
from market.fairness.queries import (
    balances_of_season,
    correction_of,
    numbers_of,
    worths_on,
)
from market.places.models import Stall
from market.planning.fairness import Worth
from market.planning.models import PlaceScore, PlaceScoreFields
from market.planning.queries import vendors_named

DOOR = Door(
    "office.fairness",
    N_("Fairness over the season"),
    N_("Who had good and who had poor places so far, and what each place is worth"),
    group="planning",
    place=8,
)


@blueprint.get("/taisnigums")
def fairness() -> ResponseReturnValue:
    """Vendors by their balance, the poorest first; places by their points, the best first."""
    found, today = session(), now().date()
    balances = balances_of_season(found, today)
    vendors = vendors_named(found, balances)
    worths = worths_on(found, today)
    numbers = numbers_of(found, worths)
    return render_template(
        "organiser/fairness.html",
        balances=sorted(
            ((vendors[one], told) for one, told in balances.items() if one in vendors),
            key=lambda pair: (pair[1].points, sort_key(pair[0].name)),
        ),
        places=sorted(
            ((numbers[one], one, worth) for one, worth in worths.items()),
            key=lambda place: (-place[2].points, sort_key(place[0])),
        ),
        points=points_table(),
        facts_said=facts_said,
        signed=signed,
    )


@blueprint.get("/taisnigums/<int(max=2147483647):stall_number>")
def place_score(stall_number: int) -> ResponseReturnValue:
    """What a place is worth by the table, and the form of its correction."""
    stall = session().get(Stall, stall_number) or abort(404)
    row = correction_of(session(), stall_number)
    words = row.words if row else {}
    typed = {language: words.get(language, "") for language in languages()}
    return _page(stall, row, Form(typed={**typed, "points": str(row.points) if row else ""}))


@blueprint.post("/taisnigums/<int(max=2147483647):stall_number>")
def save_place_score(stall_number: int) -> ResponseReturnValue:
    """Correct the points of a place, with words; no points take the correction away."""
    stall = session().get(Stall, stall_number) or abort(404)
    form = _read()
    if form.errors:
        return _page(stall, correction_of(session(), stall_number), form), 422
    is_none = not form.values["points"]
    try:
        with office_saving() as save:
            row = correction_of(save.session, stall_number)
            if is_none and row is not None:
                save.remove(row, action="place_score")
            elif row is not None:
                save.change(row, form.values, action="place_score", version=version_sent())
            elif not is_none:
                new = PlaceScore(stall_id=stall_number, **form.values)
                save.add(new, action="place_score")
            return save.done(url_for("office.fairness"), _("Saved."))
    except Stale as stale:
        return _page(stall, stale.row, form, is_stale=True), 409


def _read() -> Form:
    """The form; without points the words need not be there."""
    typed = typed_texts("points", *languages())
    words = {language: typed[language] for language in languages()}
    if typed["points"].strip() in ("", "0"):
        return Form(typed=dict(typed), values={"points": 0})
    points = typed["points"].replace("−", "-").removeprefix("+")
    form = read_form(PlaceScoreFields, {"points": points, "words": words}, typed)
    for name in [name for name in form.errors if name.startswith("words")]:
        _between, _dot, language = name.partition(".")
        form.refuse(language if language in words else "lv", form.errors.pop(name))
    return form


def _page(stall: Stall, row: PlaceScore | None, form: Form, *, is_stale: bool = False) -> str:
    worth = worths_on(session(), now().date()).get(stall.id or 0)
    return render_template(
        "organiser/place_score.html",
        stall=stall,
        row=row,
        form=form,
        is_stale=is_stale,
        by_table=facts_said(Worth(worth.facts)) if worth else "",
        signed=signed,
    )
