"""My story in my own voice: recorded on the page or sent as a file, with its words in writing."""

from typing import Any

from flask import Response, abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from app.changes import Stale
from app.database import session
from app.forms import Form, read_form, typed_texts
from app.languages import gettext as _
from app.languages import languages
from app.making import Busy, NotMade, made_anew
from app.pages.recordings import sound_answer
from app.pages.vendor import blueprint, own_vendor_id
from app.pages.vendor.photographs import RETRY_AFTER
from app.pages.vendor.story import language_of_telling
from app.pages.vendor.uploads import file_sent, takes_files
from app.recordings import folder, refusal
from app.security import private_policy
from app.sending import Saving, saving, version_sent
from vendors.stories import album
from vendors.stories.models import Recording, TranscriptFields
from vendors.stories.queries import recordings_of, stand_in_line
from vendors.stories.recordings import LONGEST_S


@blueprint.get("/balss")
def recording() -> ResponseReturnValue:
    """The spoken telling in one language: record, listen, write down what is said, publish."""
    return _page(language_of_telling(), Form())


def _page(language: str, form: Form, words: Form | None = None) -> str:
    g.policy = private_policy(microphone=True)
    kept = recordings_of(session(), own_vendor_id())
    row = kept.get(language)
    if words is None and row is not None:
        words = Form(typed={"transcript": row.transcript}, version=row.version)
    return render_template(
        "vendor/recording.html",
        telling=language,
        others=[one for one in languages() if one != language],
        recording=row,
        form=form,
        words=words,
        longest=LONGEST_S,
    )


@blueprint.post("/balss", endpoint=takes_files("keep_recording"))
def keep_recording() -> ResponseReturnValue:
    """Make a recording anew, put its file on disk, then its row."""
    language, form = language_of_telling(), Form()
    try:
        sent = file_sent("sound")
    except RequestEntityTooLarge:
        form.refuse("sound", refusal("too_large"))
        return _page(language, form), 413
    if sent is None:
        form.refuse("sound", _("Please record something, or choose a file."))
        return _page(language, form), 422
    try:
        with made_anew("recording", sent) as (facts, files):
            album.put(folder(), files)
    except NotMade as not_made:
        form.refuse("sound", refusal(not_made.reason))
        return _page(language, form), 422
    except Busy:
        form.refuse("sound", _("Much arrives just now. Please send it once more."))
        return _page(language, form), 503, RETRY_AFTER
    except OSError:
        abort(503)
    return _save(language, facts)


def _save(language: str, facts: dict[str, Any]) -> ResponseReturnValue:
    """Keep the recording in place of the one before; nobody hears it before it is published."""
    with saving() as save:
        row = _kept(save, language)
        if row is None:
            row = Recording(vendor_id=save.account.vendor_id, language=language, **facts)
            save.add(row, action="recording")
        else:
            save.change(row, {**facts, "published": False}, action="recording")
        where = url_for("own.recording", valoda=language)
        return save.done(
            where, _("The recording is kept. Write down what is said, and publish it.")
        )


def _kept(save: Saving, language: str) -> Recording | None:
    stand_in_line(save.session, save.account.vendor_id)
    return recordings_of(save.session, save.account.vendor_id).get(language)


@blueprint.post("/balss/vardi")
def publish_recording() -> ResponseReturnValue:
    """Keep what is said in writing; with `publish` everybody hears it, with `hide` nobody."""
    language = language_of_telling()
    form = read_form(TranscriptFields, typed_texts("transcript"))
    form.version = version_sent()
    wants = "publish" in request.form
    if wants and not form.text("transcript"):
        form.refuse("transcript", _("Please write down what is said: not everybody can hear it."))
    if recordings_of(session(), own_vendor_id()).get(language) is None:
        abort(404)
    if form.errors:
        return _page(language, Form(), form), 422
    with saving() as save:
        row = _kept(save, language)
        if row is None:
            abort(404)
        said = form.values["transcript"] or ""
        published = wants or (row.published and bool(said) and "hide" not in request.form)
        values = {"transcript": said, "published": published}
        try:
            save.change(row, values, action="recording_words", version=version_sent())
        except Stale as stale:
            form.version = stale.row.version
            other = stale.row.transcript or "–"
            form.refuse(
                "transcript", _("On another telephone it was changed to: %(text)s", text=other)
            )
            return _page(language, Form(), form), 409
        told = _("Published. Everybody can hear it now.") if wants else _("Kept.")
        return save.done(url_for("own.recording", valoda=language), told)


@blueprint.post("/balss/nonemt")
def remove_recording() -> ResponseReturnValue:
    """Take the recording away; its file stays, so that it can be brought back."""
    language = language_of_telling()
    with saving() as save:
        row = _kept(save, language)
        if row is None:
            abort(404)
        save.remove(row, action="recording_away")
        where = url_for("own.recording", valoda=language)
        return save.done(where, _("The recording is taken away."))


@blueprint.get("/balss/<language_told>.m4a")
def own_recording(language_told: str) -> Response:
    """The vendor's own recording, also one that nobody else hears yet."""
    found = recordings_of(session(), own_vendor_id()).get(language_told)
    if found is None:
        abort(404)
    return sound_answer(found)
