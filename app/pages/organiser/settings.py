"""What the office sets for its market: hours, texts, counting, and who shows our widgets."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.database import session
from app.forms import Form
from app.languages import N_
from app.languages import gettext as _
from app.pages.organiser import Door, blueprint, office_saving
from app.pages.organiser.telling import said
from market.days.queries import set_setting, setting
from market.days.settings import (
    CHOICES,
    DEFAULTS,
    FRAMED_BY,
    NAMES,
    setting_typed,
)

DOOR = Door(
    "office.settings",
    N_("Settings"),
    N_("Hours of the market's work, texts before or after, counting visitors, widgets"),
    group="office",
    place=4,
)
LONGEST_TYPED = 1000


@blueprint.get("/iestatijumi")
def settings() -> ResponseReturnValue:
    """All settings as they are."""
    now = _now(session())
    return _page(Form(typed=_shown(now)), now)


@blueprint.post("/iestatijumi")
def save_settings() -> ResponseReturnValue:
    """Save what was changed; where somebody else was quicker, both values are shown."""
    form = _read()
    was = {name: request.form.get(f"was_{name}", "") for name in NAMES}
    if form.errors:
        return _page(form, was), 422
    with office_saving() as save:
        now = _now(save.session)
        wanted = {name: text for name, text in form.values.items() if text != now[name]}
        changed = {name: text for name, text in wanted.items() if text != was[name]}
        theirs = {name: said(name, now[name]) for name in changed if now[name] != was[name]}
        if theirs:
            return _page(form, now, theirs), 409
        for name, text in changed.items():
            set_setting(save.session, name, text)
        if changed:
            save.tell(
                "market_setting",
                {name: now[name] for name in changed},
                changed,
                action="settings",
            )
        return save.done(url_for("office.settings"), _("Saved."))


def _now(found: Session) -> dict[str, str]:
    return {name: setting(found, name) for name in NAMES}


def _shown(values: dict[str, str]) -> dict[str, str]:
    """Settings as the form shows them: a host a line."""
    return {**values, FRAMED_BY: "\n".join(values[FRAMED_BY].split())}


def _read() -> Form:
    typed = {name: request.form.get(name, "").strip()[:LONGEST_TYPED] for name in NAMES}
    form = Form(typed=typed)
    for name, text in typed.items():
        value = setting_typed(name, text)
        if value is None:
            form.refuse(name, _sentence(name))
        else:
            form.values[name] = value
    return form


def _sentence(name: str) -> str:
    if name in DEFAULTS:
        return _("Please give a time, such as 10.00.")
    if name in CHOICES:
        return _("Please choose one of these.")
    return _(
        "Please give at most ten hosts, one a line, each as https://www.tukums.lv without a page."
    )


def _page(form: Form, was: dict[str, str], theirs: dict[str, str] | None = None) -> str:
    return render_template(
        "organiser/settings.html",
        form=form,
        was=was,
        theirs=theirs or {},
    )
