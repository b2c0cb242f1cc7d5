"""What vendors tell, looked at by the office: before it is public or after, as the office set."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Field, Session, SQLModel

from app.changes import Stale
from app.database import session
from app.forms import Form, read_form, typed_texts
from app.languages import N_
from app.languages import gettext as _
from app.pages.organiser import Door, blueprint, office_saving
from app.pages.photographs import picture_answer
from app.publishing import BEFORE, NOT_WAITING, publish
from app.sending import Saving, version_sent
from market.days.queries import text_set
from market.days.settings import TEXTS_LOOKED_AT
from vendors.fields import STRICT, Text, identity
from vendors.registry.models import Vendor
from vendors.stories.album import widths_made
from vendors.stories.models import Photograph, Story, StoryDraft
from vendors.stories.queries import (
    drafts_waiting,
    photographs_not_looked_at,
    stand_in_line,
    stories_not_looked_at,
    story_in,
    versions_of,
)
from vendors.stories.tellings import Telling, is_told

DOOR = Door(
    "office.texts",
    N_("Stories to look at"),
    N_("What vendors tell anew, old and new side by side, and new photographs"),
    group="people",
    place=3,
)

AT_ONCE = 20
"""So many tellings stand on the page; the others follow when these are done."""

PICTURES_AT_ONCE = 24


@dataclass(frozen=True)
class ToRead:
    """A telling that the office has not read, and what was read before in its place.

    `since` is when it was sent here, None for what is published.
    """

    vendor: Vendor
    new: Story | StoryDraft
    old: Telling | None
    since: datetime | None = None


class AnswerFields(SQLModel):
    """Why the office does not publish a telling."""

    model_config = STRICT

    answer: Text = Field(min_length=3, max_length=400)


@blueprint.get("/stasti")
def texts() -> ResponseReturnValue:
    """The tellings and photographs that nobody of the office has looked at."""
    return _page()


def _page(form: Form | None = None, number: int = 0, *, is_stale: bool = False) -> str:
    found = session()
    waiting, published = _waiting(found), _published(found)
    pictures = photographs_not_looked_at(found)
    return render_template(
        "organiser/texts.html",
        waiting=waiting[:AT_ONCE],
        published=published[:AT_ONCE],
        more=max(0, len(waiting) - AT_ONCE) + max(0, len(published) - AT_ONCE),
        pictures=[(one, vendor, _width(one)) for one, vendor in pictures[:PICTURES_AT_ONCE]],
        more_pictures=max(0, len(pictures) - PICTURES_AT_ONCE),
        before=text_set(found, TEXTS_LOOKED_AT) == BEFORE,
        form=form or Form(),
        number=number,
        is_stale=is_stale,
    )


def _waiting(found: Session) -> list[ToRead]:
    return [
        ToRead(vendor, draft, story_in(found, draft.vendor_id, draft.language), draft.waiting_since)
        for draft, vendor in drafts_waiting(found)
        if is_told(draft)
    ]


def _published(found: Session) -> list[ToRead]:
    return [
        ToRead(vendor, story, _before(found, story))
        for story, vendor in stories_not_looked_at(found)
    ]


def _before(found: Session, story: Story) -> Telling | None:
    """What was read until this telling was published, as far as it is still kept."""
    earlier = [one for one in versions_of(found, story.vendor_id) if one.language == story.language]
    return max(earlier, key=lambda one: one.replaced_at, default=None)


def _width(photograph: Photograph) -> int:
    return widths_made(photograph.width)[0]


@blueprint.post("/stasti/<int:story_number>/apskatits")
def look_at_story(story_number: int) -> ResponseReturnValue:
    """Note that the office has read a published telling."""
    vendor_id = _whose(session().get(Story, story_number))
    with office_saving(about=vendor_id) as save:
        story = _in_line(save, Story, story_number, vendor_id)
        if story.version != version_sent():
            return _page(is_stale=True), 409
        save.change(story, _looked(save), action="text_looked_at")
        return save.done(url_for("office.texts"), _("The story was looked at."))


@blueprint.post("/stasti/<int:draft_number>/publicet")
def publish_text(draft_number: int) -> ResponseReturnValue:
    """Publish a telling that waited."""
    vendor_id = _whose(session().get(StoryDraft, draft_number))
    with office_saving(about=vendor_id) as save:
        draft = _in_line(save, StoryDraft, draft_number, vendor_id)
        if draft.waiting_since is None or draft.version != version_sent():
            return _page(is_stale=True), 409
        publish(save, vendor_id, draft.language, draft, action="text_published")
        save.change(draft, NOT_WAITING, action="text_published")
        said = _("The story is published; everybody can read it.")
        return save.done(url_for("office.texts"), said)


@blueprint.post("/stasti/<int:draft_number>/atbilde")
def send_back_text(draft_number: int) -> ResponseReturnValue:
    """Send a telling that waited back to its vendor, with a sentence that says why."""
    vendor_id = _whose(session().get(StoryDraft, draft_number))
    form = read_form(AnswerFields, typed_texts("answer"))
    if form.errors:
        if len(form.text("answer")) < AT_LEAST:
            form.errors["answer"] = _("Please say in a sentence what should be different.")
        return _page(form, draft_number), 422
    with office_saving(about=vendor_id) as save:
        draft = _in_line(save, StoryDraft, draft_number, vendor_id)
        if draft.waiting_since is None or draft.version != version_sent():
            return _page(form, draft_number, is_stale=True), 409
        answer = {"waiting_since": None, "answer": form.values["answer"]}
        save.change(draft, answer, action="text_sent_back")
        return save.done(url_for("office.texts"), _("Sent back; the vendor reads your sentence."))


AT_LEAST = 3


def _whose(row: Any) -> int:
    """The vendor whose telling this is; 404 when there is none, or when the vendor has left."""
    vendor = session().get(Vendor, row.vendor_id) if row is not None else None
    if vendor is None or vendor.state == "archived":
        abort(404)
    return identity(vendor)


def _in_line(save: Saving, table: Any, number: int, vendor_id: int) -> Any:
    """The row as it is once nobody else is changing this vendor's tellings."""
    stand_in_line(save.session, vendor_id)
    row = save.session.get(table, number)
    if row is None:
        raise Stale(None)
    return row


def _looked(save: Saving) -> dict[str, Any]:
    person = save.account.person
    return {"looked_at": save.at, "looked_by": person.id if person else None}


@blueprint.post("/stasti/fotografijas")
def look_at_photographs() -> ResponseReturnValue:
    """Note that the office has seen the photographs that stood on the page."""
    numbers = {int(one) for one in request.form.getlist("photograph") if _is_number(one)}
    with office_saving() as save:
        for photograph, vendor in _shown(save.session, numbers):
            save.vendor_id = identity(vendor)
            save.change(photograph, {"looked_at": save.at}, action="photographs_looked_at")
        return save.done(url_for("office.texts"), _("The photographs were looked at."))


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdecimal() and len(typed) < 10


def _shown(found: Session, numbers: set[int]) -> Sequence[tuple[Photograph, Vendor]]:
    rows = photographs_not_looked_at(found)
    return [(one, vendor) for one, vendor in rows if one.id in numbers]


@blueprint.get("/fotografijas/<int:photograph_number>-<int:width>.<any(webp, jpg):suffix>")
def picture(photograph_number: int, width: int, suffix: str) -> Response:
    """A photograph of any vendor, also of one whom the public does not see yet."""
    found = session().get(Photograph, photograph_number) or abort(404)
    return picture_answer(found, width, suffix)
