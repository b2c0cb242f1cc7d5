"""Where things are: metres, coordinates, the way in words, the drawings."""

from datetime import date

import pytest

from market.places.drawing import shapes
from market.places.geography import corners, kilometres, place_on_earth
from market.places.models import Amenity, Site, Stall, StallOnPlan
from market.places.parish_map import HEIGHT, WIDTH, dot, is_within
from market.places.parishes import OUTLINE, PARISHES
from market.places.way import Way, ways
from market.signs.neighbours import Neighbour, Seller, neighbours
from vendors.registry.models import Vendor

SINCE = date(2026, 1, 1)
SITE = Site(slug="tirgus", name={"lv": "T"}, lat=57.0, lon=23.0, width_m=100, height_m=50)


def spot(stall_id: int, position: int, x_m: float, y_m: float = 10, row: str = "A", **more: float):
    return StallOnPlan(
        stall_id=stall_id,
        zone_id=1,
        row=row,
        position=position,
        x_m=x_m,
        y_m=y_m,
        width_m=more.get("width_m", 2),
        depth_m=more.get("depth_m", 1),
        angle_deg=more.get("angle_deg", 0),
        valid_from=SINCE,
    )


def gate(x_m: float, y_m: float, name: str | None = "Vārti") -> Amenity:
    words = {"lv": name} if name else None
    return Amenity(kind="entrance", name=words, points=[[x_m, y_m]], valid_from=SINCE)


def test_a_hundred_metres_down_the_plan_are_a_hundred_metres_south() -> None:
    lat, lon = place_on_earth(SITE, 0, 100)
    assert lon == 23.0
    assert kilometres(57.0, 23.0, lat, lon) == pytest.approx(0.1, rel=0.01)
    assert lat < 57.0


def test_a_turned_plan_turns_the_place() -> None:
    east = Site(**{**SITE.model_dump(), "bearing_deg": 90.0})
    lat, lon = place_on_earth(east, 0, 100)
    assert lat == pytest.approx(57.0)
    assert lon < 23.0


def test_the_distance_from_tukums_to_kandava() -> None:
    assert round(kilometres(56.9709, 23.1675, 57.0377, 22.7787)) == 25


def test_the_corners_of_a_turned_stall() -> None:
    found = corners(spot(1, 1, 10, 10, angle_deg=90))
    assert [(round(x, 3), round(y, 3)) for x, y in found] == [
        (10.5, 9),
        (10.5, 11),
        (9.5, 11),
        (9.5, 9),
    ]


def test_the_way_counts_from_the_end_that_is_nearer_to_the_entrance() -> None:
    row = [spot(1, 1, 10), spot(2, 2, 13), spot(3, 3, 16)]
    found = ways(row, [gate(30, 10)])
    words = {"lv": "Vārti"}
    assert found == {
        1: Way(words, 20, "A", 3, 3),
        2: Way(words, 15, "A", 2, 3),
        3: Way(words, 15, "A", 1, 3),
    }


def test_each_stall_is_reached_from_its_nearest_entrance() -> None:
    found = ways([spot(1, 1, 5), spot(2, 2, 95)], [gate(0, 10, "Rīti"), gate(100, 10, "Vakari")])
    assert [found[1].entrance, found[2].entrance] == [{"lv": "Rīti"}, {"lv": "Vakari"}]


def test_without_an_entrance_there_is_no_way() -> None:
    assert ways([spot(1, 1, 5)], []) == {}


def test_the_drawing_marks_one_stall_and_draws_the_others() -> None:
    found = shapes([spot(1, 1, 10), spot(2, 2, 13)], [gate(0, 5)], frozenset({2}))
    assert found.stalls == "M9 9.5 11 9.5 11 10.5 9 10.5z"
    assert found.marked == "M12 9.5 14 9.5 14 10.5 12 10.5z"
    assert found.centre == (13, 10)
    assert found.entrances == ((0, 5),)


def test_every_parish_and_the_outline_lie_on_the_drawing() -> None:
    assert len(PARISHES) == 23
    for place in PARISHES:
        assert is_within(place.lat, place.lon), place.name
        assert 0 < dot(place.lat, place.lon).x < WIDTH
        assert 0 < dot(place.lat, place.lon).y < HEIGHT
    assert all(is_within(lat, lon) for lon, lat in OUTLINE)


def seller(vendor_id: int, number: str, x_m: float, *categories: str) -> Seller:
    vendor = Vendor(id=vendor_id, name=f"V{vendor_id}")
    return Seller(
        vendor, Stall(id=vendor_id, number=number), spot(vendor_id, 1, x_m), frozenset(categories)
    )


def test_neighbours_are_the_nearest_who_sell_the_same_each_once() -> None:
    near, far = seller(1, "A1", 12, "honey"), seller(2, "A9", 40, "honey", "bread")
    same_again, other = seller(2, "A5", 25, "honey", "bread"), seller(3, "A2", 11, "fish")
    found = neighbours(spot(9, 1, 10), {"honey", "bread"}, [far, near, same_again, other])
    assert found == [
        Neighbour(near, frozenset({"honey"}), 2),
        Neighbour(same_again, frozenset({"honey", "bread"}), 15),
    ]
