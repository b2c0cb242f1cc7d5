"""What the municipality copies into its page so that a widget of ours stands there."""

from dataclasses import dataclass

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.database import session
from app.languages import N_, languages, speaking
from app.languages import gettext as _
from app.pages.organiser import Door, blueprint
from market.days.queries import text_set
from market.days.settings import FRAMED_BY

DOOR = Door(
    "office.widgets",
    N_("Widgets"),
    N_("Today and the programme in a page of the municipality: what to copy"),
    group="office",
    place=5,
)
ELEMENT = Markup(
    '<iframe src="{address}" title="{title}" width="360" height="{height}" loading="lazy"></iframe>'
)
TITLES = {
    "widgets.today": N_("Today at Tukums market"),
    "widgets.coming": N_("What is on in Tukums"),
}
HEIGHTS = {"widgets.today": 520, "widgets.coming": 640}


@dataclass(frozen=True)
class Widget:
    """One widget in one language: its address, and the element to copy."""

    name: str
    language: str
    address: str
    element: str


@blueprint.get("/iegult")
def widgets() -> ResponseReturnValue:
    """Each widget in each language, as it looks and as it is copied."""
    return render_template(
        "organiser/widgets.html",
        widgets=[_widget(endpoint, language) for endpoint in HEIGHTS for language in languages()],
        hosts=text_set(session(), FRAMED_BY).split(),
    )


def _widget(endpoint: str, language: str) -> Widget:
    with speaking(language):
        title = _(TITLES[endpoint])
    path = url_for(endpoint, language=language)
    element = ELEMENT.format(
        address=current_app.config["PUBLIC_URL"] + path, title=title, height=HEIGHTS[endpoint]
    )
    return Widget(_(TITLES[endpoint]), language, path, str(element))
