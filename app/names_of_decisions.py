"""Words for applications: their states, decisions, reasons of refusal, and why the rule says so."""

from app.languages import N_, gettext

STATES = {
    "draft": N_("not sent yet"),
    "submitted": N_("to be decided"),
    "asked": N_("asked back"),
    "accepted": N_("accepted for the festival"),
    "waiting": N_("on the waiting list"),
    "refused": N_("refused"),
    "withdrawn": N_("withdrawn"),
}
"""What the office says of an application."""

STEPS = {"draft": N_("begun"), "submitted": N_("handed in")}
"""What the way of an application says of steps that are no decision, instead of the state."""

DECISIONS = {
    "accepted": N_("Accept"),
    "waiting": N_("Put on the waiting list"),
    "refused": N_("Refuse"),
}
"""The words on what the office does."""

REFUSALS = {
    "category_full": N_("There are more applications with these goods than places for them."),
    "no_suitable_place": N_("There is no place with the power or the front you need."),
    "not_own_made": N_("Places are given to those who make or grow their goods themselves."),
    "documents_missing": N_("A document that the call asks for is missing."),
    "outside_the_criteria": N_("The application does not fit the published criteria of the call."),
    "no_answer": N_("We asked something back and got no answer."),
    "no_show_before": N_("You did not come to an earlier festival and did not say so."),
    "other": N_("For another reason:"),
}
"""A sentence to the applicant for each of REFUSAL_REASONS."""

WHY = {
    "in_order": N_("fits, in the order of the criteria"),
    "documents_missing": N_("a document is missing"),
    "category_full": N_("the places for these goods are taken by those before"),
    "no_place": N_("all places are taken by those before"),
    "no_suitable_place": N_("no place has so much power or front"),
    "outside_the_criteria": N_("sent too late, or goods that the call does not take"),
}
"""Why the rule suggests what it does, and why somebody is passed over."""

DECIDED_BY = {
    "own_made": N_("own-made goods"),
    "documents": N_("complete documents"),
    "festivals": N_("more earlier festivals"),
    "no_shows": N_("fewer days not come"),
    "lot": N_("the lot"),
}
"""What put one applicant before the next."""


def state_said(state: str) -> str:
    """ "gaidīšanas sarakstā" """
    return gettext(STATES[state])


def refusal_said(refusal: str | None) -> str:
    """The sentence of a reason; empty where there is none."""
    return gettext(REFUSALS[refusal]) if refusal in REFUSALS else ""
