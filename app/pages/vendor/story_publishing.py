"""From draft to page: preview, publishing, taking away, and the way back to earlier tellings."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import account
from app.changes import Stale
from app.clock import moment
from app.database import session
from app.languages import LATVIAN
from app.languages import gettext as _
from app.pages.vendor import blueprint, own_vendor_id
from app.pages.vendor.story import language_of_telling, own_draft
from app.publishing import (
    BEFORE,
    NOT_WAITING,
    keep_version,
    must_wait,
    publish,
    send_to_office,
)
from app.sending import saving, version_sent
from market.days.queries import text_set
from market.days.settings import TEXTS_LOOKED_AT
from vendors.registry.queries import photographs_of
from vendors.stories.models import Story
from vendors.stories.queries import (
    draft_in,
    public_recordings_of,
    stand_in_line,
    story_in,
    versions_of,
)
from vendors.stories.tellings import differs, is_told, layers_of, still_kept


@blueprint.get("/stasts/apskate")
def story_preview() -> ResponseReturnValue:
    """The draft with the very parts of which the public page is made."""
    language, vendor_id = language_of_telling(), own_vendor_id()
    draft = draft_in(session(), vendor_id, language)
    published = story_in(session(), vendor_id, language)
    if draft is None or not is_told(draft):
        return redirect(url_for("own.story_text", valoda=language))
    return render_template(
        "vendor/story_preview.html",
        telling=language,
        draft=draft,
        story=Story(vendor_id=vendor_id, language=language, **layers_of(draft)),
        photographs=[one for one in photographs_of(session(), vendor_id) if one.shown],
        spoken=public_recordings_of(session(), vendor_id).get(language),
        is_new=differs(draft, published),
        is_published=published is not None,
        reads_before=reads_before(),
    )


def reads_before() -> bool:
    """Whether the office reads what this one tells before everybody does."""
    who = account()
    told_by_vendor = who is None or who.person is None
    return told_by_vendor and text_set(session(), TEXTS_LOOKED_AT) == BEFORE


@blueprint.post("/stasts/publicet")
def publish_story() -> ResponseReturnValue:
    """Let everybody read the draft that was seen."""
    language = language_of_telling()
    with saving() as save:
        draft = own_draft(save, language)
        if draft.version != version_sent():
            raise Stale(draft)
        if must_wait(save):
            send_to_office(save, draft)
            said = _(
                "Sent to the market's office. Everybody can read it as soon as it was looked at."
            )
            return save.done(url_for("own.story"), said)
        publish(save, save.account.vendor_id, language, draft, action="story")
        save.change(draft, NOT_WAITING, action="story")
        return save.done(url_for("own.story"), _("Published. Everybody can read it now."))


@blueprint.post("/stasts/nonemt")
def take_story_away() -> ResponseReturnValue:
    """Take the telling in one language off the public page; it is kept among the earlier ones."""
    language = language_of_telling()
    with saving() as save:
        stand_in_line(save.session, save.account.vendor_id)
        story = story_in(save.session, save.account.vendor_id, language)
        if story is None:
            abort(404)
        keep_version(save, story, "story_away")
        save.remove(story, action="story_away")
        return save.done(url_for("own.story"), _("The story is no longer on the page."))


@blueprint.get("/stasts/agrak")
def story_versions() -> ResponseReturnValue:
    """What was told in the last thirty days, each with a button that brings it back."""
    kept = still_kept(versions_of(session(), own_vendor_id()), moment())
    return render_template("vendor/story_versions.html", versions=kept, latvian=LATVIAN)


@blueprint.post("/stasts/atgriezt")
def return_version() -> ResponseReturnValue:
    """Publish an earlier telling again; what it replaces is kept in its turn."""
    asked = request.form.get("number", "")
    with saving() as save:
        stand_in_line(save.session, save.account.vendor_id)
        kept = still_kept(versions_of(save.session, save.account.vendor_id), save.at)
        chosen = [one for one in kept if str(one.id) == asked]
        if not chosen:
            abort(404)
        [version] = chosen
        vendor_id = save.account.vendor_id
        publish(save, vendor_id, version.language, version, action="story_return")
        draft = draft_in(save.session, vendor_id, version.language)
        if draft:
            values = {**layers_of(version), **NOT_WAITING, "changed_at": save.at}
            save.change(draft, values, action="story_return")
        return save.done(url_for("own.story"), _("The earlier story is published again."))
