"""The list of everything else: what is needed less often than every morning."""

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from app.languages import N_
from app.pages.vendor import blueprint

PAGES = (
    ("own.applications", N_("Festivals: apply for a place")),
    ("own.details", N_("My name and how to reach me")),
    ("own.paper", N_("My papers")),
    ("own.privacy", N_("My data and privacy")),
    ("own.numbers", N_("My numbers")),
    ("own.my_places", N_("My places")),
    ("visitor.rules", N_("How places are given")),
    ("own.phones", N_("My telephones")),
    ("own.changes", N_("What was changed")),
)


@blueprint.get("/vel")
def more() -> ResponseReturnValue:
    """Large doors to the other pages, and the way out."""
    pages = [(name, words) for name, words in PAGES if name in current_app.view_functions]
    return render_template("vendor/more.html", pages=pages)
