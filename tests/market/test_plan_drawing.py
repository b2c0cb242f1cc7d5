"""The drawing of a plan: what it shows, for eyes, keyboards and printers without colours."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.paper.sheet import Sheet
from market.places.models import AMENITY_KINDS, Site, StallOnPlanFields
from market.places.plan_drawing import (
    LOOKS,
    DrawnAmenity,
    DrawnPicture,
    DrawnStall,
    frame_of,
    hatching,
    plan_svg,
    upright,
)
from tests.reading_paper import texts_of

CSS = Path(__file__).parents[2] / "static/css"
SVG = "{http://www.w3.org/2000/svg}"
SITE = Site(slug="tirgus", name={"lv": "Tirgus"}, lat=57.0, lon=23.2, width_m=100, height_m=70)
HOSTILE = "</svg><script>alert(1)</script>\"'&{{7*7}}"


def _spot(**values: object) -> StallOnPlanFields:
    known = {"row": "A", "position": 1, "x_m": 10, "y_m": 20, "width_m": 2, "depth_m": 1}
    return StallOnPlanFields(**{**known, "valid_from": date(2026, 1, 1), **values})


def _drawn(
    stalls: Sequence[DrawnStall], amenities: Sequence[DrawnAmenity] = (), **wishes: object
) -> ElementTree.Element:
    return ElementTree.fromstring(plan_svg(SITE, stalls, amenities, **wishes))  # type: ignore[arg-type]


def _stalls(plan: ElementTree.Element) -> list[ElementTree.Element]:
    return [one for one in plan.iter(f"{SVG}g") if one.get("data-stall")]


def test_every_stall_stands_in_metres_with_its_number_and_look() -> None:
    stalls = [
        DrawnStall(7, "A1", _spot()),
        DrawnStall(8, "A2", _spot(position=2, x_m=12.5, angle_deg=90), "taken"),
    ]
    plan = _drawn(stalls)
    assert plan.get("viewBox") == "-3 -3 106 78" == " ".join(f"{one:g}" for one in frame_of(SITE))
    assert [
        (one.get("data-stall"), one.get("class"), one.get("transform"), "".join(one.itertext()))
        for one in _stalls(plan)
    ] == [
        ("7", "stall free", "translate(10 20)", "A1"),
        ("8", "stall taken", "translate(12.5 20) rotate(90)", "A2"),
    ]


def _shape(look: str) -> tuple[object, ...]:
    """What is left of a look when all colours are the same."""
    (stall,) = _stalls(_drawn([DrawnStall(1, "A1", _spot(), look)]))
    colours = ("fill", "stroke")
    return tuple(
        (one.tag, *sorted(item for item in one.attrib.items() if item[0] not in colours))
        for one in stall.iter()
        if one is not stall
    )


def test_looks_differ_without_colours() -> None:
    assert len({_shape(look) for look in LOOKS}) == len(LOOKS) == 6


def test_no_look_bears_a_name_that_pages_hide() -> None:
    rules = "".join(one.read_text() for one in CSS.glob("*.css"))
    hidden = set(re.findall(r"\.([\w-]+) \{[^}]*(?:clip-path: inset|display: none)", rules))
    assert "away" in hidden
    assert not hidden & LOOKS.keys()


@pytest.mark.parametrize(
    ("angle", "read_at"),
    [(0, 0), (45, 45), (90, 90), (135, -45), (180, 0), (270, 90), (-90, 90), (360, 0), (350, -10)],
)
def test_numbers_never_stand_on_their_head(angle: float, read_at: float) -> None:
    assert upright(angle) == pytest.approx(read_at)


@given(some.floats(-720, 720))
def test_every_angle_is_turned_to_one_that_can_be_read(angle: float) -> None:
    read_at = upright(angle)
    assert -90 <= read_at <= 90
    assert (read_at - angle) % 180 == pytest.approx(0, abs=1e-6) or (
        (read_at - angle) % 180 == pytest.approx(180, abs=1e-6)
    )


@given(some.floats(0.2, 50), some.floats(0.2, 50))
def test_hatching_stays_within_its_stall(width: float, height: float) -> None:
    numbers = hatching(width, height).replace("M", " ").replace("L", " ").split()
    ends = list(zip(numbers[::2], numbers[1::2], strict=True))
    assert all(abs(float(x)) <= width / 2 + 0.01 for x, _y in ends)
    assert all(abs(float(y)) <= height / 2 + 0.01 for _x, y in ends)


def test_hostile_words_stay_words() -> None:
    stall = DrawnStall(1, HOSTILE, _spot(row="<b>'\"&"), "taken", HOSTILE, HOSTILE)
    amenity = DrawnAmenity("toilet", HOSTILE, [[5, 5]])
    picture = DrawnPicture('/bildes/x.jpg" onload="alert(1)', 50, 35, 100, 70, 3)
    for interactive in (True, False):
        plan = _drawn(
            [stall], [amenity], picture=picture, interactive=interactive, title=HOSTILE, north="<"
        )
        names = {one.tag.removeprefix(SVG) for one in plan.iter()}
        assert names <= {"svg", "g", "rect", "path", "circle", "text", "title", "image"}
        attributes = {name for one in plan.iter() for name in one.attrib}
        assert not any(name == "style" or name.startswith("on") for name in attributes)
        assert HOSTILE in [one.text for one in plan.iter(f"{SVG}text")]


def test_the_keyboard_reaches_stalls_where_they_can_be_chosen() -> None:
    stalls = [DrawnStall(1, "A1", _spot(), title="A1: Liepas")]
    (reached,) = _stalls(_drawn(stalls, interactive=True))
    assert (reached.get("tabindex"), reached.get("role")) == ("0", "button")
    assert reached.get("aria-label") == "A1: Liepas"
    (shown,) = _stalls(_drawn(stalls))
    assert shown.get("tabindex") is None
    assert shown.findtext(f"{SVG}title") == "A1: Liepas"


@pytest.mark.parametrize("kind", AMENITY_KINDS)
def test_every_amenity_has_a_drawing_at_a_point_and_along_points(kind: str) -> None:
    for points in ([[5.0, 6.0]], [[5.0, 6.0], [9.0, 6.0], [9.0, 9.0]]):
        plan = _drawn([], [DrawnAmenity(kind, "Vārdi", points, 3)])
        (drawn,) = [one for one in plan.iter() if one.get("data-amenity") == "3"]
        assert drawn.get("class") == f"amenity {kind}"
        assert {one.tag.removeprefix(SVG) for one in drawn.iter()} & {"path", "circle", "rect"}


def test_rows_are_named_once_each_and_the_scale_is_round() -> None:
    stalls = [
        DrawnStall(1, "A1", _spot(), zone="P"),
        DrawnStall(2, "A2", _spot(position=2, x_m=13), zone="P"),
        DrawnStall(3, "B1", _spot(y_m=40), zone="G"),
    ]
    plan = _drawn(stalls)
    rows = [one for one in plan.iter(f"{SVG}text") if one.get("class") == "row"]
    assert sorted((one.text, float(one.get("y", 0)) // 10) for one in rows) == [
        ("A", 2.0),
        ("A", 4.0),
    ]
    assert all(float(one.get("x", 0)) < 9 for one in rows)
    assert "20 m" in [one.text for one in plan.iter(f"{SVG}text")]


def test_paper_shows_the_same_drawing_with_its_letters() -> None:
    stalls = [
        DrawnStall(number, f"Š{number}", _spot(position=number, x_m=3.0 * number), look)
        for number, look in enumerate(LOOKS, start=1)
    ]
    amenities = [DrawnAmenity(kind, f"ļoti {kind}", [[50, 50]]) for kind in AMENITY_KINDS]
    sheet = Sheet("Plāns", datetime(2026, 11, 24))
    sheet.add_page()
    sheet.drawing(plan_svg(SITE, stalls, amenities, letters="regular"), 10, 10, 190)
    read = [found.text for found in texts_of(bytes(sheet.output()))]
    assert all(any(f"Š{number}" in one for one in read) for number in range(1, 7))
    assert any("ļoti toilet" in one for one in read)
