"""My story: the guide of short questions, the text itself, and where each telling stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from app.changes import Stale
from app.database import session
from app.forms import Form, read_form, typed_texts
from app.languages import LATVIAN, languages
from app.languages import gettext as _
from app.pages.vendor import blueprint, own_vendor_id
from app.sending import Saving, saving, version_sent
from vendors.fields import identity
from vendors.registry.queries import photographs_of, stories_of
from vendors.stories import guide as guide_rule
from vendors.stories.models import Story, StoryDraft, StoryFields
from vendors.stories.queries import draft_in, drafts_of, recordings_of, stand_in_line, story_in
from vendors.stories.tellings import LAYERS, differs, is_stale, is_told, layers_of


@dataclass(frozen=True)
class Standing:
    """Where the telling in one language stands."""

    language: str
    story: Story | None
    draft: StoryDraft | None
    is_stale: bool

    @property
    def is_published(self) -> bool:
        """Whether visitors read something in this language."""
        return self.story is not None

    @property
    def has_more(self) -> bool:
        """Whether the draft holds something that visitors do not read yet."""
        return differs(self.draft, self.story)

    @property
    def has_answers(self) -> bool:
        """Whether questions of the guide were answered."""
        return self.draft is not None and any(self.draft.answers.values())


def language_of_telling() -> str:
    """The language that is told in, by the address; Latvian first."""
    asked = request.args.get("valoda", LATVIAN)
    if asked not in languages():
        abort(404)
    return asked


def standings(found: Session, vendor_id: int) -> list[Standing]:
    """Where the tellings in all languages of the service stand, Latvian first."""
    stories, drafts = stories_of(found, vendor_id), drafts_of(found, vendor_id)
    return [
        Standing(
            language,
            stories.get(language),
            drafts.get(language),
            is_stale(stories.get(language), stories.get(LATVIAN)),
        )
        for language in languages()
    ]


@blueprint.get("/stasts")
def story() -> ResponseReturnValue:
    """What is told in each language, and the doors to guide, text, photographs and voice."""
    vendor_id = own_vendor_id()
    photographs = photographs_of(session(), vendor_id)
    return render_template(
        "vendor/story.html",
        standings=standings(session(), vendor_id),
        photographs=len(photographs),
        hidden=sum(not one.shown for one in photographs),
        recordings=recordings_of(session(), vendor_id),
    )


@blueprint.get("/stasts/jautajumi")
def story_guide() -> ResponseReturnValue:
    """The questions with the answers so far."""
    language = language_of_telling()
    draft = draft_in(session(), own_vendor_id(), language)
    answers = draft.answers if draft else {}
    form = Form(typed=dict(answers), version=draft.version if draft else 0)
    return _guide_page(language, form)


@blueprint.post("/stasts/jautajumi")
def keep_answers() -> ResponseReturnValue:
    """Keep the answers; with `compose` make the story of them."""
    language = language_of_telling()
    typed = typed_texts(*guide_rule.QUESTIONS)
    form = read_form(guide_rule.Answers, typed)
    form.version = version_sent()
    if form.errors:
        return _guide_page(language, form), 422
    # What a default fills in is an empty text, never nothing.
    answers = {name: form.values[name] or "" for name in guide_rule.QUESTIONS}
    values: dict[str, Any] = {"answers": answers}
    composes = "compose" in request.form
    if composes:
        made = guide_rule.layers(answers, language)
        if not made.short:
            form.refuse("who", _("Please answer at least one question."))
            return _guide_page(language, form), 422
        values |= layers_of(made)
    with saving() as save:
        try:
            keep_draft(save, language, values, version_sent())
        except Stale as stale:
            return _guide_page(language, form, other=stale.row), 409
        if composes:
            where = url_for("own.story_text", valoda=language)
            return save.done(where, _("The story is made of your answers. Change what you like."))
        return save.done(url_for("own.story_guide", valoda=language), _("The answers are kept."))


def _guide_page(language: str, form: Form, other: StoryDraft | None = None) -> str:
    if other is not None:
        form.version = other.version
    return render_template(
        "vendor/story_guide.html",
        form=form,
        telling=language,
        questions=guide_rule.QUESTIONS,
        other=other.answers if other else {},
        is_stale=other is not None,
        latvian=_latvian_answers(language),
        overwrites=is_told(draft_in(session(), own_vendor_id(), language)),
    )


def _latvian_answers(language: str) -> Mapping[str, str]:
    """The answers in Latvian, to be seen beside those in another language."""
    draft = draft_in(session(), own_vendor_id(), LATVIAN) if language != LATVIAN else None
    return draft.answers if draft else {}


@blueprint.get("/stasts/teksts")
def story_text() -> ResponseReturnValue:
    """The layers of the story, to be written freely."""
    language, vendor_id = language_of_telling(), own_vendor_id()
    draft = draft_in(session(), vendor_id, language)
    shown = draft if is_told(draft) else story_in(session(), vendor_id, language)
    form = Form(typed=dict(layers_of(shown)), version=draft.version if draft else 0)
    return _text_page(language, form)


@blueprint.post("/stasts/teksts")
def keep_text() -> ResponseReturnValue:
    """Keep the text as a draft; with `preview` show it as visitors will see it."""
    language = language_of_telling()
    form = read_form(StoryFields, typed_texts(*LAYERS))
    form.version = version_sent()
    if form.errors:
        return _text_page(language, form), 422
    values = {name: form.values[name] or "" for name in LAYERS}
    with saving() as save:
        try:
            keep_draft(save, language, values, version_sent())
        except Stale as stale:
            return _text_page(language, form, other=stale.row), 409
        page = "own.story_preview" if "preview" in request.form else "own.story_text"
        return save.done(url_for(page, valoda=language), _("The draft is kept."))


def keep_draft(
    save: Saving, language: str, values: Mapping[str, Any], version: int | None
) -> StoryDraft:
    """Write values into the draft of a language; raises Stale when another telephone was first."""
    vendor_id = save.account.vendor_id
    stand_in_line(save.session, vendor_id)
    draft = draft_in(save.session, vendor_id, language)
    if draft is None:
        published = story_in(save.session, vendor_id, language)
        whole = {"answers": {}, **layers_of(published), **values}
        draft = StoryDraft(vendor_id=vendor_id, language=language, changed_at=save.at, **whole)
        save.add(draft, action="story_draft")
        return draft
    if version is not None and draft.version != version:
        raise Stale(draft)
    if any(getattr(draft, name) != value for name, value in values.items()):
        if draft.waiting_since and any(
            getattr(draft, name) != values[name] for name in _told(values)
        ):
            values = {**values, "waiting_since": None}
        save.change(draft, {**values, "changed_at": save.at}, action="story_draft", version=version)
    return draft


def _told(values: Mapping[str, Any]) -> list[str]:
    """Those of the values that visitors would read; a draft that waits is then no longer that."""
    return [name for name in LAYERS if name in values]


def _text_page(language: str, form: Form, other: StoryDraft | None = None) -> str:
    if other is not None:
        form.version = other.version
    latvian = None
    if language != LATVIAN:
        found, vendor_id = session(), own_vendor_id()
        latvian = story_in(found, vendor_id, LATVIAN) or draft_in(found, vendor_id, LATVIAN)
    return render_template(
        "vendor/story_text.html",
        form=form,
        telling=language,
        other=layers_of(other) if other else None,
        latvian=latvian,
    )


def own_draft(save: Saving, language: str) -> StoryDraft:
    """The draft of a language within a form's transaction, 404 when there is none."""
    stand_in_line(save.session, save.account.vendor_id)
    draft = draft_in(save.session, save.account.vendor_id, language)
    if draft is None or not is_told(draft):
        abort(404)
    identity(draft)
    return draft
