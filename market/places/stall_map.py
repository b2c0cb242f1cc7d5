"""Shows the stall plan of a day with Folium, from our own Leaflet files and nothing else.

The plan itself is one picture, the drawing of `plan_drawing`, in metres: a phone moves one picture
where it would choke on two thousand shapes with their labels. Which stall is where goes along as
data; plan.js finds the stall under a finger and makes links of those that are near.

Folium writes texts into scripts as they come, so every text goes through `label` or `as_data`.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from market.places.models import Site, StallOnPlanFields
from market.places.plan_drawing import frame_of


@dataclass(frozen=True)
class Mark:
    """A stall on the plan: how it stands, its look, and what it says when it is reached.

    `look` is a key of `plan_drawing.LOOKS`; `title` is a plain text.
    """

    spot: StallOnPlanFields
    number: str
    look: str
    title: str


@dataclass(frozen=True)
class Plan:
    """What the page of a plan shows: `picture` is the address of the drawing of these stalls.

    `leads_to` is the address of the list up to a stall's number, inside the service.
    """

    site: Site
    marks: Sequence[Mark]
    picture: str
    leads_to: str
    title: str


def label(text: str) -> str:
    """A text that stays a text on Folium's page, in HTML as well as in a script's template."""
    safe = escape(text).replace("\\", "&#92;").replace("`", "&#96;").replace("$", "&#36;")
    return safe.replace("{", "&#123;").replace("\n", " ")


def as_data(data: Sequence[object] | str) -> str:
    """Lists and texts that stay data in a script: nothing of theirs can end it.

    Folium reads scripts as templates of its own, so braces are written as numbers too.
    """
    text = json.dumps(data, separators=(",", ":"))
    for sign in "<>&`${}":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def draw_plan(plan: Plan, files: str, language: str) -> str:
    """The page of the plan as HTML; `files` is the address of Leaflet and the plan's own style.

    Nothing on the page asks another host.
    """
    import folium

    shown = _own_map(folium, files)
    left, top, width, height = frame_of(plan.site)
    bounds = [[-top - height, left], [-top, left + width]]
    picture = folium.raster_layers.ImageOverlay(
        "https:", bounds, pixelated=False, alt=label(plan.title)
    )
    # Folium takes an address of our own for the name of a file and would read that.
    picture.url = plan.picture
    picture.add_to(shown)
    shown.fit_bounds(bounds)
    _add_stalls(folium, shown, plan)
    figure = shown.get_root()
    figure.title = label(plan.title)
    page = str(figure.render())
    # Folium forbids zooming with two fingers, which people with weak eyes need.
    page = page.replace(", maximum-scale=1.0, user-scalable=no", "")
    return re.sub(r"<html>", f'<html lang="{language}">', page, count=1)


def _own_map(folium: Any, files: str) -> Any:
    """Folium's map in metres, with our files in place of ten from elsewhere, and no tiles."""
    shown = folium.Map(
        location=[0, 0],
        crs="Simple",
        tiles=None,
        min_zoom=-3,
        max_zoom=6.5,
        zoom_snap=0.25,
        prefer_canvas=True,
        attribution_control=False,
    )
    shown.default_js = [
        ("leaflet_script", f"{files}leaflet/leaflet.js"),
        ("plan_script", f"{files}plan/plan.js"),
    ]
    shown.default_css = [
        ("leaflet_style", f"{files}leaflet/leaflet.css"),
        ("plan_style", f"{files}plan/plan.css"),
    ]
    shown._id = "plan"
    return shown


def _add_stalls(folium: Any, shown: Any, plan: Plan) -> None:
    """Hand the stalls to plan.js: number, look, words, middle, size and angle of each."""
    stalls = [
        [
            mark.number,
            mark.look,
            mark.title,
            *(round(one, 2) for one in (mark.spot.x_m, mark.spot.y_m)),
            *(round(one, 2) for one in (mark.spot.width_m, mark.spot.depth_m)),
            round(mark.spot.angle_deg, 1),
        ]
        for mark in plan.marks
    ]
    script = folium.MacroElement()
    script._template = folium.template.Template(
        "{% macro script(this, kwargs) %}"
        "showStalls({{ this._parent.get_name() }}, {{ this.stalls }}, {{ this.leads_to }});"
        "{% endmacro %}"
    )
    script.stalls, script.leads_to = as_data(stalls), as_data(plan.leads_to)
    shown.add_child(script)


def inline_parts(page: str) -> tuple[list[str], list[str]]:
    """The inline scripts and styles of a page, for a policy that allows these and no others."""
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", page, flags=re.DOTALL)
    return scripts, styles
