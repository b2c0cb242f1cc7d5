"""The pages of one application as they are shown, to a stranger and to a vendor alike."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlmodel import Session

from app.application_forms import (
    days_of,
    goods_of,
    kinds,
    parishes,
    tents,
    typed_of,
)
from app.application_plans import DrawnPlan, plans_of
from app.application_words import LACKS, MADE_SAID, NEEDS_SAID, REFUSALS, STATES, STEPS
from app.applying import (
    SAVED,
    Applicant,
    closing_said,
)
from app.clock import now
from app.database import session
from app.forms import Form
from app.languages import gettext as _
from app.languages import long_day
from app.planned_explained import days_said, published_for
from market.festivals import queries
from market.festivals.applying import (
    Lack,
    concerning,
    lacks,
    places_for,
    wanted_of,
)
from market.festivals.models import (
    Application,
)
from market.festivals.prices import Quote, quote
from market.festivals.window import may_change, may_submit, may_withdraw
from market.planning.from_rows import of_application
from market.signs.drawing import qr_svg
from vendors.fields import identity

LONGEST_MESSAGE = 1000

PAPER = "lapa"
"""The part of an address that prints an application."""


def home_page(applicant: Applicant, *, refused: str = "", status: int = 200) -> ResponseReturnValue:
    """The application at a glance: what became of it, what is asked, what is still missing."""
    found = session()
    page = render_template(
        "applying/home.html",
        messages=queries.messages_of(found, applicant.application_id),
        places=queries.places_given(found, applicant.application, applicant.call.festival_id),
        refused=refused,
        published=published_for(found, of_application(applicant.application), now().date()),
        days_of_place=days_said,
        **_common(found, applicant),
    )
    return page, status


def step_page(applicant: Applicant, name: str) -> ResponseReturnValue:
    """One step of applying, with what was said before, or all of it on paper."""
    if name == PAPER:
        return paper_page(applicant)
    if name not in STEPS:
        abort(404)
    application = applicant.application
    typed = {**typed_of(application), **_papers_typed(session(), applicant)}
    return step_again(applicant, name, Form(typed=typed, version=application.version))


def paper_page(applicant: Applicant) -> ResponseReturnValue:
    """The application to print: its number, what was said, and the way back to it as a code."""
    address = current_app.config["PUBLIC_URL"] + applicant.address()
    return render_template(
        "applying/paper.html",
        address=address,
        code=Markup(qr_svg(address, _("The address of this application"))),  # noqa: S704
        **_common(session(), applicant),
    )


def step_again(
    applicant: Applicant,
    name: str,
    form: Form,
    status: int = 200,
    theirs: Application | None = None,
) -> ResponseReturnValue:
    """A step with what was just typed; `theirs` is what somebody else has kept meanwhile."""
    found = session()
    if theirs is not None:
        form.version = theirs.version
    page = render_template(
        f"applying/{name}.html",
        form=form,
        theirs=theirs,
        number_of_step=list(STEPS).index(name) + 1,
        step_name=name,
        **_choices(found, applicant, name),
        **_common(found, applicant),
    )
    return page, status


def _choices(found: Session, applicant: Applicant, name: str) -> dict[str, Any]:
    """What may be chosen in a step."""
    if name == "kas":
        return {"kinds": kinds(), "parishes": parishes()}
    if name == "preces":
        made = [(key, _(said)) for key, said in MADE_SAID.items()]
        return {"goods": goods_of(taken(found, applicant)), "made": made}
    if name == "vajadzibas":
        needs = [(key, _(said)) for key, said in NEEDS_SAID.items()]
        widths = [spot.width_m for spot, _stall, _zone in stalls_of(found, applicant)]
        suggested = places_for(applicant.application.metres, widths)
        usual = sorted(widths)[len(widths) // 2] if widths else None
        return {
            "festival_days": days_of(applicant),
            "tents": tents(),
            "needs": needs,
            "suggested": suggested,
            "usual_width": usual,
        }
    if name == "vietas":
        return {"plans": _plans(found, applicant)}
    return {}


def taken(found: Session, applicant: Applicant) -> list[str]:
    """The categories that the call takes."""
    return [one.category for one in queries.categories(found, identity(applicant.call))]


def stalls_of(found: Session, applicant: Applicant) -> Sequence[queries.StallRow]:
    """The stalls that the call gives away."""
    return queries.stalls_of_call(found, applicant.call, applicant.festival.first_day)


def _plans(found: Session, applicant: Applicant) -> list[DrawnPlan]:
    wished = [stall.id for _wish, stall in queries.wishes_of(found, applicant.application_id)]
    return plans_of(
        found,
        applicant.call,
        applicant.festival.first_day,
        [one for one in wished if one is not None],
        interactive=True,
    )


def quotes_of(found: Session, application: Application) -> list[tuple[int, Quote]]:
    """What the fewest and the most places cost that an applicant asks for."""
    prices = queries.prices(found, application.call_id)
    counts = sorted({application.places_min, application.places_max})
    return [(places, quote(prices, wanted_of(application, places))) for places in counts]


def lacks_of(found: Session, application: Application) -> list[Lack]:
    """What an application still lacks."""
    number = identity(application)
    return lacks(
        application,
        wishes=len(queries.wishes_of(found, number)),
        wanted_documents=queries.documents(found, application.call_id),
        documents=queries.documents_of(found, number),
        questions=queries.questions(found, application.call_id),
        answers=queries.answers_of(found, number),
    )


def _common(found: Session, applicant: Applicant) -> dict[str, Any]:
    """What every page of an application shows."""
    application, at = applicant.application, now()
    call_id = identity(applicant.call)
    documents = concerning(queries.documents(found, call_id), application.categories)
    return {
        "applicant": applicant,
        "application": application,
        "festival": applicant.festival,
        "call": applicant.call,
        "layout": "vendor/page.html" if applicant.key is None else "applying/page.html",
        "steps": STEPS,
        "lacks": lacks_of(found, application),
        "lacks_said": LACKS,
        "needs_said": NEEDS_SAID,
        "states": STATES,
        "refusals": REFUSALS,
        "days_said": [long_day(date.fromisoformat(day)) for day in application.days],
        "quotes": quotes_of(found, application),
        "wishes": queries.wishes_of(found, applicant.application_id),
        "documents": documents,
        "questions": queries.questions(found, call_id),
        "documents_said": queries.documents_of(found, applicant.application_id),
        "answers_said": queries.answers_of(found, applicant.application_id),
        "may_change": may_change(application.state, applicant.window, at),
        "may_submit": may_submit(application.state, applicant.window, at),
        "may_withdraw": may_withdraw(application.state, applicant.window, at),
        "window_state": applicant.window.state(at),
        "closes_said": closing_said(applicant.window),
        "was_saved": SAVED in request.args,
    }


def _papers_typed(found: Session, applicant: Applicant) -> dict[str, Any]:
    typed: dict[str, Any] = {}
    for document_id, said in queries.documents_of(found, applicant.application_id).items():
        typed |= {f"note-{document_id}": said.note, f"has-{document_id}": ["1"] * said.has}
    for question_id, answer in queries.answers_of(found, applicant.application_id).items():
        typed[f"answer-{question_id}"] = answer.text
    return typed


def too_late(applicant: Applicant) -> ResponseReturnValue:
    """A kind sentence for whoever comes after the window; nothing of the draft is lost."""
    application = applicant.application
    if applicant.window.state(now()) == "before":
        said = _("Applications are not open yet. Your draft is kept.")
    elif application.state == "draft":
        said = _(
            "We are sorry: applications closed on %(moment)s, so this draft cannot be submitted"
            " any more. It is kept here; please call the market office if something held you up.",
            moment=closing_said(applicant.window),
        )
    else:
        said = _(
            "Applications closed on %(moment)s, so it cannot be changed here any more. Please call"
            " the market office.",
            moment=closing_said(applicant.window),
        )
    return home_page(applicant, refused=said, status=422)
