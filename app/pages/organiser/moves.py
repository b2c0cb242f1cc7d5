"""Rows that stand elsewhere for some days: the public pages and the signs say where to at once."""

from datetime import date, timedelta

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Field, Session, SQLModel, col, select

from app.clock import now
from app.database import session
from app.forms import Form, read_form, typed_texts
from app.languages import N_, in_language
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


def _page(form: Form) -> str:
    found = session()
    today = now().date()
    known = {identity(zone): zone for zone in found.exec(select(Zone))}
    all_moves = found.exec(select(RowMove).order_by(col(RowMove.first_day))).all()
    rows = rows_on_plan(found, today)
    return render_template(
        "organiser/moves.html",
        form=form,
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
        words = {"lv": form.values["lv"], "en": form.values.get("en")}
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


def _look(found: Session, form: Form, rows: dict[str, tuple[Zone, str]]) -> None:
    """Add what no single field can know to the form's errors."""
    values = form.values
    if "lv" in form.errors:
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
