"""From draft to page: preview, publishing, taking away, and the way back to earlier tellings."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.changes import Stale
from app.clock import local, moment
from app.database import session
from app.languages import LATVIAN
from app.languages import gettext as _
from app.pages.vendor import blueprint, own_vendor_id
from app.pages.vendor.story import language_of_telling, own_draft
from app.sending import Saving, saving, version_sent
from vendors.registry.queries import photographs_of
from vendors.stories.models import Story, StoryVersion
from vendors.stories.queries import (
    draft_in,
    forget_versions,
    public_recordings_of,
    stand_in_line,
    story_in,
    versions_of,
)
from vendors.stories.tellings import Telling, differs, is_told, layers_of, still_kept


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
    )


@blueprint.post("/stasts/publicet")
def publish_story() -> ResponseReturnValue:
    """Let everybody read the draft that was seen."""
    language = language_of_telling()
    with saving() as save:
        draft = own_draft(save, language)
        if draft.version != version_sent():
            raise Stale(draft)
        _publish(save, language, draft, action="story")
        return save.done(url_for("own.story"), _("Published. Everybody can read it now."))


def _publish(save: Saving, language: str, telling: Telling, *, action: str) -> None:
    """Put a telling before the public; the one that it replaces is kept for thirty days."""
    vendor_id = save.account.vendor_id
    values: dict[str, Any] = {
        **layers_of(telling),
        "told_on": local(save.at).date(),
        "machine_translated": False,
    }
    story = story_in(save.session, vendor_id, language)
    if story is None:
        save.add(Story(vendor_id=vendor_id, language=language, **values), action=action)
        return
    if layers_of(story) != layers_of(telling):
        _keep_version(save, story, action)
    save.change(story, values, action=action)
    forget_versions(save.session, vendor_id, save.at)


def _keep_version(save: Saving, story: Story, action: str) -> None:
    earlier = StoryVersion(
        vendor_id=story.vendor_id,
        language=story.language,
        replaced_at=save.at,
        **layers_of(story),
    )
    save.add(earlier, action=action)


@blueprint.post("/stasts/nonemt")
def take_story_away() -> ResponseReturnValue:
    """Take the telling in one language off the public page; it is kept among the earlier ones."""
    language = language_of_telling()
    with saving() as save:
        stand_in_line(save.session, save.account.vendor_id)
        story = story_in(save.session, save.account.vendor_id, language)
        if story is None:
            abort(404)
        _keep_version(save, story, "story_away")
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
        _publish(save, version.language, version, action="story_return")
        draft = draft_in(save.session, save.account.vendor_id, version.language)
        if draft:
            values = {**layers_of(version), "changed_at": save.at}
            save.change(draft, values, action="story_return")
        return save.done(url_for("own.story"), _("The earlier story is published again."))
