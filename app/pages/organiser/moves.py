"""Rows that stand elsewhere for some days: the public pages and the signs say where to at once."""

from datetime import date, timedelta

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Field, Session, SQLModel, col, select

from app.clock import now
from app.database import session
from app.forms import Form, read_form, typed_texts
from app.languages import N_, in_language, speaking
from app.languages import gettext as _
from app.pages.organiser import Door, blueprint, office_saving
from app.sending import version_sent
from market.places.models import RowMove, Zone
from market.places.queries import plan_of, sites
from vendors.fields import STRICT, Text, identity

DOOR = Door(
    "office.moves",
    N_("Rows that stand elsewhere"),
    N_("The flea market moves for a while: visitors and signs say where to"),
    group="planning",
    place=4,
)

NUMBER = "<int(max=2147483647):move_number>"
FIELDS = ("row", "first_day", "last_day", "to", "lv", "en")
KEY = "{}/{}"


class MoveTyped(SQLModel):
    """A move as it is typed: rows are named by their zone and name, "G/B"."""

    model_config = STRICT

    row: str = Field(max_length=20)
    first_day: date
    last_day: date
    to: str | None = Field(default=None, max_length=20)
    lv: Text | None = Field(default=None, min_length=3, max_length=300)
    en: Text | None = Field(default=None, max_length=300)


class WordsTyped(SQLModel):
    """The words of a move as they are typed."""

    model_config = STRICT

    lv: Text = Field(min_length=3, max_length=300)
    en: Text | None = Field(default=None, max_length=300)


def rows_on_plan(found: Session, day: date) -> dict[str, tuple[Zone, str]]:
    """The rows of all sites on a day, by the key that forms use."""
    rows: dict[str, tuple[Zone, str]] = {}
    for site in sites(found):
        for spot, _stall, zone in plan_of(found, identity(site), day):
            rows.setdefault(KEY.format(zone.code, spot.row), (zone, spot.row))
    return rows


@blueprint.get("/parcelsanas")
def moves() -> ResponseReturnValue:
    """What stands elsewhere now and later, and what did; a form for one more."""
    today = now().date()
    typed = {"first_day": today.isoformat(), "last_day": today.isoformat()}
    return _page(Form(typed=dict(typed)))


def _page(form: Form, edited: tuple[int, Form] | None = None) -> str:
    """`edited` is a move whose words did not fit, with what was typed."""
    found = session()
    today = now().date()
    known = {identity(zone): zone for zone in found.exec(select(Zone))}
    all_moves = found.exec(select(RowMove).order_by(col(RowMove.first_day))).all()
    rows = rows_on_plan(found, today)
    return render_template(
        "organiser/moves.html",
        form=form,
        edited_number=edited[0] if edited else None,
        edited=edited[1] if edited else None,
        zones=known,
        coming=[one for one in all_moves if one.last_day >= today],
        over=[one for one in reversed(all_moves) if one.last_day < today][:20],
        rows=[(key, _row_said(zone, row)) for key, (zone, row) in rows.items()],
        today=today,
    )


def _row_said(zone: Zone, row: str) -> str:
    return _("%(zone)s, row %(row)s", zone=in_language(zone.name).text, row=row)


@blueprint.post("/parcelsanas")
def add_move() -> ResponseReturnValue:
    """Say that a row stands elsewhere for some days."""
    with office_saving() as save:
        typed = typed_texts(*FIELDS)
        form = read_form(MoveTyped, typed)
        rows = rows_on_plan(save.session, form.values.get("first_day") or now().date())
        _look(save.session, form, rows)
        if form.errors:
            return _page(form), 422
        zone, row = rows[form.values["row"]]
        to_zone, to_row = rows.get(form.values.get("to") or "", (None, None))
        words = {"lv": form.values.get("lv"), "en": form.values.get("en")}
        if to_zone is not None:
            one_day = form.values["first_day"] == form.values["last_day"]
            made = _words_made(rows, form.values["row"], form.values["to"], one_day=one_day)
            words = {language: said or made[language] for language, said in words.items()}
        move = RowMove(
            zone_id=identity(zone),
            row=row,
            first_day=form.values["first_day"],
            last_day=form.values["last_day"],
            to_zone_id=identity(to_zone) if to_zone else None,
            to_row=to_row,
            words={key: said for key, said in words.items() if said},
        )
        save.add(move, action="row_move")
        said = _("The row stands elsewhere; the public pages say so now.")
        return save.done(url_for("office.moves"), said)


def _words_made(
    rows: dict[str, tuple[Zone, str]], key: str, to: str, *, one_day: bool
) -> dict[str, str]:
    """A sentence for visitors in each language of ours: which row stands in which one's place."""
    made = {}
    for language in ("lv", "en"):
        with speaking(language):
            names = {"row": _named(rows, key), "place": _named(rows, to)}
            made[language] = (
                _("Today %(row)s is here: %(place)s.", **names)
                if one_day
                else _("For these days %(row)s is here: %(place)s.", **names)
            )
    return made


def _named(rows: dict[str, tuple[Zone, str]], key: str) -> str:
    """A row in words; a zone that is one row only is called by its name."""
    zone, row = rows[key]
    if sum(other.id == zone.id for other, _name in rows.values()) == 1:
        return in_language(zone.name).text
    return _row_said(zone, row)


def _look(found: Session, form: Form, rows: dict[str, tuple[Zone, str]]) -> None:
    """Add what no single field can know to the form's errors."""
    values = form.values
    if "lv" in form.errors or not (values.get("lv") or values.get("to")):
        form.errors["lv"] = _("Please say in Latvian where the row stands.")
    if form.errors:
        return
    if values["row"] not in rows:
        form.errors["row"] = _("This row is not on the plan.")
    elif values["last_day"] < values["first_day"]:
        form.errors["last_day"] = _("The last day is before the first one.")
    else:
        zone, row = rows[values["row"]]
        overlapping = select(RowMove).where(
            RowMove.zone_id == zone.id,
            RowMove.row == row,
            RowMove.first_day <= values["last_day"],
            RowMove.last_day >= values["first_day"],
        )
        if found.exec(overlapping).first() is not None:
            form.errors["row"] = _("This row is moved already on some of these days.")
    if values.get("to") and values["to"] not in rows:
        form.errors["to"] = _("This row is not on the plan.")
    elif values.get("to") == values["row"]:
        form.errors["to"] = _("This is the row itself. Please choose another one.")


@blueprint.post(f"/parcelsanas/{NUMBER}")
def save_move_words(move_number: int) -> ResponseReturnValue:
    """Save what visitors read of a move."""
    session().get(RowMove, move_number) or abort(404)
    form = read_form(WordsTyped, typed_texts("lv", "en"))
    if form.errors:
        if "lv" in form.errors:
            form.errors["lv"] = _("Please say in Latvian where the row stands.")
        return _page(Form(typed={}), (move_number, form)), 422
    with office_saving() as save:
        move = save.session.get(RowMove, move_number) or abort(404)
        ours = {"lv": form.values["lv"], "en": form.values.get("en") or ""}
        words = {key: said for key, said in {**move.words, **ours}.items() if said}
        save.change(move, {"words": words}, action="row_move_words", version=version_sent())
        return save.done(url_for("office.moves"), _("Saved; the public pages say so now."))


@blueprint.post(f"/parcelsanas/{NUMBER}/beigt")
def end_move(move_number: int) -> ResponseReturnValue:
    """End a move now: the row stands in its own place again; one not begun goes away."""
    with office_saving() as save:
        move = save.session.get(RowMove, move_number) or abort(404)
        today = now().date()
        if move.first_day < today:
            last_day = min(move.last_day, today - timedelta(days=1))
            values = {"last_day": last_day}
            save.change(move, values, action="row_move", version=version_sent())
        else:
            save.remove(move, action="row_move_away")
        return save.done(url_for("office.moves"), _("The move has ended."))
