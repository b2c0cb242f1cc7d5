"""How places are given: the rules in their order, each beside examples that run."""

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from app.kept_pages import keep
from app.pages.visitor import blueprint
from app.places_said import points_table
from app.rules_said import told_rules


@blueprint.get("/noteikumi")
def rules() -> ResponseReturnValue:
    """The rules of places, and the open points by which good and poor places are told apart."""
    page = render_template("visitor/rules.html", rules=list(told_rules()), points=points_table())
    return keep(make_response(page), by_the_minute=False)
