"""Public notices: a sentence on the pages of visitors from a first to a last day."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.changes import Stale
from app.clock import now
from app.database import session
from app.forms import Form, Typed, read_form, typed_texts
from app.languages import N_, languages
from app.languages import gettext as _
from app.pages.organiser import Door, blueprint, office_saving
from app.sending import version_sent
from market.days.models import Notice, NoticeFields
from market.days.queries import notices_ending

DOOR = Door(
    "office.notices",
    N_("Notices"),
    N_("What visitors must know: a sentence on public pages for some days"),
    group="day",
    place=7,
)
ABOUT = ("first_day", "last_day", "link")
LONGEST = 400
PAST_DAYS_SHOWN = 365
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


@blueprint.get("/pazinojumi")
def notices() -> ResponseReturnValue:
    """All notices: those that visitors read now, those to come, those of the past year."""
    today = now().date()
    found = notices_ending(session(), today - timedelta(days=PAST_DAYS_SHOWN))
    groups = [
        (_("Visitors read this now"), "now", [one for one in found if _is_now(one, today)]),
        (_("To come"), "coming", _by_day([one for one in found if one.first_day > today])),
        (_("Past"), "past", _by_day([one for one in found if one.last_day < today])[::-1]),
    ]
    return render_template("organiser/notices.html", groups=groups, today=today)


@blueprint.get("/pazinojumi/jauns")
def new_notice() -> ResponseReturnValue:
    """The form of a new notice, from today on."""
    today = now().date().isoformat()
    return _page(Form(typed={"first_day": today, "last_day": today}))


@blueprint.post("/pazinojumi")
def add_notice() -> ResponseReturnValue:
    """Add a notice."""
    form = _read()
    if form.errors or _only_looks():
        return _page(form), 422 if form.errors else 200
    with office_saving() as save:
        save.add(Notice(**form.values), action="notice_new")
        return save.done(url_for("office.notices"), _("The notice was added."))


@blueprint.get("/pazinojumi/<int(max=2147483647):notice_number>")
def notice(notice_number: int) -> ResponseReturnValue:
    """One notice to be edited, with how visitors see it."""
    row = session().get(Notice, notice_number) or abort(404)
    return _page(Form(typed=_typed_of(row)), row)


@blueprint.post("/pazinojumi/<int(max=2147483647):notice_number>")
def save_notice(notice_number: int) -> ResponseReturnValue:
    """Save a notice; if somebody else was quicker, both texts are shown."""
    row = session().get(Notice, notice_number) or abort(404)
    form = _read()
    if form.errors or _only_looks():
        return _page(form, row), 422 if form.errors else 200
    try:
        with office_saving() as save:
            found = save.session.get(Notice, notice_number) or abort(404)
            save.change(found, form.values, action="notice", version=version_sent())
            return save.done(url_for("office.notices"), _("Saved."))
    except Stale as stale:
        return _page(form, stale.row, is_stale=True), 409


@blueprint.post("/pazinojumi/<int(max=2147483647):notice_number>/beigt")
def end_notice(notice_number: int) -> ResponseReturnValue:
    """Visitors read a notice no more from now on; one that had begun stays in the list."""
    yesterday = now().date() - timedelta(days=1)
    with office_saving() as save:
        row = save.session.get(Notice, notice_number) or abort(404)
        if row.first_day > yesterday:
            save.remove(row, action="notice_ended")
        else:
            save.change(row, {"last_day": yesterday}, action="notice_ended", version=version_sent())
        return save.done(url_for("office.notices"), _("The notice is ended."))


@blueprint.post("/pazinojumi/<int(max=2147483647):notice_number>/nonemt")
def remove_notice(notice_number: int) -> ResponseReturnValue:
    """Take a notice away altogether."""
    with office_saving() as save:
        row = save.session.get(Notice, notice_number) or abort(404)
        save.remove(row, action="notice_away")
        return save.done(url_for("office.notices"), _("The notice was removed."))


def _only_looks() -> bool:
    """Whether the button was pressed that shows how visitors will see it."""
    return request.form.get("act") == "look"


def _is_now(notice: Notice, today: date) -> bool:
    return notice.first_day <= today <= notice.last_day


def _by_day(found: Sequence[Notice]) -> list[Notice]:
    return sorted(found, key=lambda one: (one.first_day, one.last_day))


def _typed_of(row: Notice) -> Typed:
    return {
        **{language: row.words.get(language, "") for language in languages()},
        "first_day": row.first_day.isoformat(),
        "last_day": row.last_day.isoformat(),
        "link": row.link or "",
    }


def _read() -> Form:
    typed = typed_texts(*languages(), *ABOUT)
    words = {language: typed[language] for language in languages()}
    days = {name: typed[name] for name in ABOUT}
    form = read_form(NoticeFields, {"words": words, **days}, typed)
    for name in [name for name in form.errors if name.startswith("words")]:
        _between, _dot, language = name.partition(".")
        form.refuse(language if language in words else "lv", form.errors.pop(name))
    if "link" in form.errors:
        form.errors["link"] = _(
            "Please copy the part of an address of ours after the host, such as /lv/programma."
        )
    for language, text in words.items():
        if len(text) > LONGEST:
            form.refuse(language, _("Please shorten this to %(num)s characters.", num=LONGEST))
    if not form.errors:
        _look_at_days(form)
    return form


def _look_at_days(form: Form) -> None:
    first, last = form.values["first_day"], form.values["last_day"]
    for name, day in (("first_day", first), ("last_day", last)):
        if not EARLIEST <= day <= LATEST:
            form.refuse(name, _("Please give a day of our time."))
    if last < first:
        form.refuse("last_day", _("The last day cannot be before the first one."))


def _page(form: Form, row: Notice | None = None, *, is_stale: bool = False) -> str:
    theirs = {}
    if is_stale and row is not None:
        kept = _typed_of(row)
        theirs = {name: kept[name] or "–" for name in kept if kept[name] != form.text(name)}
    return render_template(
        "organiser/notice.html",
        form=form,
        notice=row,
        theirs=theirs,
        previews=[
            (language, form.text(language) or form.text("lv"))
            for language in languages()
            if form.text("lv")
        ],
        today=now().date(),
    )
