"""Draws the stall plan of a day with Folium, from our own Leaflet files and nothing else.

Folium writes labels into scripts as they come: HTML escaping alone still lets `${…}` and
backticks run. Every text goes through `label`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from market.places.geography import corners, place_on_earth
from market.places.models import Amenity, Site, StallOnPlan

STYLE = {
    "free": {"color": "#6f635a", "fill_color": "#e9dfd2"},
    "taken": {"color": "#2f4a2a", "fill_color": "#bcd3ad"},
    "chosen": {"color": "#6d1233", "fill_color": "#d8467a"},
    "dim": {"color": "#b5aaa0", "fill_color": "#f3ede5"},
}


@dataclass(frozen=True)
class Mark:
    """A stall on the drawing: how it stands, its look, and what it says and leads to.

    `look` is a key of STYLE; `title` is a plain text; `address` lies inside the service.
    """

    spot: StallOnPlan
    number: str
    look: str
    title: str
    address: str


def label(text: str) -> str:
    """A text that stays a text on Folium's page, in HTML as well as in a script's template."""
    safe = escape(text).replace("\\", "&#92;").replace("`", "&#96;").replace("$", "&#36;")
    return safe.replace("{", "&#123;").replace("\n", " ")


def draw_plan(
    site: Site,
    marks: Sequence[Mark],
    amenities: Sequence[tuple[Amenity, str]],
    files: str,
    language: str,
    title: str,
) -> str:
    """The page of the plan as HTML.

    `amenities` come with their word; `files` is the address under which Leaflet and the plan's
    style are found. Nothing on the page asks another host.
    """
    import folium

    plan = _own_map(folium, files)
    upper_left = place_on_earth(site, 0, 0)
    lower_right = place_on_earth(site, site.width_m, site.height_m)
    plan.fit_bounds([upper_left, lower_right])
    for number, (amenity, word) in enumerate(amenities):
        _add_amenity(folium, plan, site, amenity, word, number)
    for mark in marks:
        _add_stall(folium, plan, site, mark)
    _add_ranges(folium, plan, site, marks)
    figure = plan.get_root()
    figure.title = label(title)
    page = str(figure.render())
    # Folium forbids zooming with two fingers, which people with weak eyes need.
    page = page.replace(", maximum-scale=1.0, user-scalable=no", "")
    return re.sub(r"<html>", f'<html lang="{language}">', page, count=1)


def _own_map(folium: Any, files: str) -> Any:
    """Folium's map with our files in place of ten from elsewhere, and no tiles."""
    plan = folium.Map(tiles=None, max_zoom=24, zoom_snap=0.25, attribution_control=False)
    plan.default_js = [
        ("leaflet_script", f"{files}leaflet/leaflet.js"),
        ("plan_script", f"{files}plan/plan.js"),
    ]
    plan.default_css = [
        ("leaflet_style", f"{files}leaflet/leaflet.css"),
        ("plan_style", f"{files}plan/plan.css"),
    ]
    plan._id = "plan"
    return plan


def _add_stall(folium: Any, plan: Any, site: Site, mark: Mark) -> None:
    shape = folium.Polygon(
        [place_on_earth(site, x, y) for x, y in corners(mark.spot)],
        weight=2 if mark.look == "chosen" else 1,
        fill_opacity=1,
        **STYLE[mark.look],
    )
    shape._id = f"stall_{mark.spot.stall_id}"
    shape.add_to(plan)
    text = (
        f'<a href="{label(mark.address)}" target="_top" class="{mark.look}" '
        f'title="{label(mark.title)}">{label(mark.number)}</a>'
    )
    at = (mark.spot.x_m, mark.spot.y_m)
    _add_words(folium, plan, site, at, text, "center", leads_somewhere=True)


def _add_words(
    folium: Any,
    plan: Any,
    site: Site,
    at: tuple[float, float],
    words: str,
    direction: str,
    *,
    leads_somewhere: bool = False,
) -> None:
    """Words at a point, on an unseen dot: Leaflet 1.9.3 misplaces the middle of small polygons."""
    unseen = folium.CircleMarker(
        place_on_earth(site, *at), radius=1, stroke=False, fill=False, interactive=False
    )
    unseen.add_child(
        folium.Tooltip(
            words,
            permanent=True,
            interactive=leads_somewhere,
            sticky=False,
            direction=direction,
            opacity=1,
        )
    )
    unseen.add_to(plan)


def _add_ranges(folium: Any, plan: Any, site: Site, marks: Sequence[Mark]) -> None:
    """Over each row the numbers of its first and last stall, to be read from afar."""
    rows: dict[tuple[int, str], list[Mark]] = {}
    for mark in marks:
        rows.setdefault((mark.spot.zone_id, mark.spot.row), []).append(mark)
    for row in rows.values():
        middle = row[len(row) // 2].spot
        words = f'<b class="range">{label(row[0].number)}–{label(row[-1].number)}</b>'
        _add_words(folium, plan, site, (middle.x_m, middle.y_m), words, "top")


def _add_amenity(
    folium: Any, plan: Any, site: Site, amenity: Amenity, word: str, number: int
) -> None:
    places = [place_on_earth(site, x, y) for x, y in amenity.points]
    if amenity.kind == "building":
        shape = folium.Polygon(places, weight=2, color="#6f635a", fill_color="#fffdf9", fill=True)
    elif len(places) > 1:
        shape = folium.PolyLine(places, weight=3, color="#3c5a35", dash_array="6 5")
    else:
        shape = folium.CircleMarker(places[0], radius=5, color="#2a211d", fill=True)
    shape._id = f"amenity_{number}"
    shape.add_to(plan)
    if len(places) == 1:
        words = f'<span class="amenity">{label(word)}</span>'
        x_m, y_m = amenity.points[0]
        direction = "left" if x_m > site.width_m * 0.75 else "right"
        _add_words(folium, plan, site, (x_m, y_m), words, direction)


def inline_parts(page: str) -> tuple[list[str], list[str]]:
    """The inline scripts and styles of a page, for a policy that allows these and no others."""
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", page, flags=re.DOTALL)
    return scripts, styles
