"""The pictures of the farms: complete, self-contained, small, and no two alike."""

import re
from collections.abc import Iterator
from functools import cache
from random import Random
from xml.etree import ElementTree

import pytest

from vendors.stories.illustration import SCENES, SUBJECTS, draw
from vendors.stories.illustration.palette import ROSE
from vendors.stories.illustration.sheet import numbers
from vendors.stories.illustration.subjects import figure

EVERY_PICTURE = [(scene, subject) for scene in SCENES for subject in SUBJECTS]
DRAWN = {"svg", "g", "path", "rect", "circle", "ellipse"}
MOST_BYTES = 9_216


@cache
def picture_of(scene: str, subject: str) -> str:
    return draw(scene, subject, "veju-kalni")


def elements(picture: str) -> Iterator[ElementTree.Element]:
    return ElementTree.fromstring(picture).iter()


def test_every_scene_and_subject_of_the_content_brief_is_drawn() -> None:
    assert " ".join(SCENES) == "coast forest hills plain river lake bog town orchard garden"
    assert " ".join(SUBJECTS) == (
        "smokehouse boat hives goats sheep cows hens geese rabbits greenhouse potato_field"
        " cabbage_field apple_trees berry_bushes rose_garden flower_field herbs mushrooms"
        " bread_oven cake_table loom spinning_wheel baskets pottery_wheel anvil amber candles"
        " woodwork birch_sap mill jars seedlings carrots pumpkins asparagus"
    )


@pytest.mark.parametrize(("scene", "subject"), EVERY_PICTURE)
def test_a_picture_is_one_whole_drawing_that_needs_nothing_else(scene: str, subject: str) -> None:
    picture = picture_of(scene, subject)
    root = ElementTree.fromstring(picture)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("viewBox") == "0 0 480 320"
    assert {element.tag.split("}")[1] for element in elements(picture)} <= DRAWN
    assert all(not (element.text or "").strip() for element in elements(picture))
    assert not re.search(r"\b(style|class|id|href|on\w+)=|url\(|nan|inf", picture)
    assert len(picture.encode()) <= MOST_BYTES


@pytest.mark.parametrize(("scene", "subject"), EVERY_PICTURE)
def test_a_picture_is_the_same_each_time_and_another_for_each_seed(
    scene: str, subject: str
) -> None:
    pictures = [
        picture_of(scene, subject),
        draw(scene, subject, "gulbji"),
        draw(scene, subject, ""),
    ]
    assert draw(scene, subject, "veju-kalni") == pictures[0]
    assert len(set(pictures)) == len(pictures)


def test_forty_five_farms_with_one_scene_and_subject_all_look_different() -> None:
    assert len({draw("hills", "goats", f"farm-{number}") for number in range(45)}) == 45


def test_a_picture_stays_the_same_in_later_years() -> None:
    # A farm keeps its picture on every machine: the colour of the sky tells the light of a seed.
    skies = [draw("coast", "boat", seed).split('fill="#')[1][:6] for seed in "abcdef"]
    assert skies == ["8fb7c9", "6c7f97", "a9b7bd", "8fb7c9", "6c7f97", "8fb7c9"]


@pytest.mark.parametrize(("scene", "subject"), EVERY_PICTURE)
def test_every_shape_is_painted_and_numbers_have_one_decimal_at_most(
    scene: str, subject: str
) -> None:
    picture = picture_of(scene, subject)
    paths = [element for element in elements(picture) if element.tag.endswith("path")]
    assert all(path.get("fill") or path.get("stroke") for path in paths)
    assert not [path.get("d") for path in paths if re.search(r"\.\d\d", path.get("d", ""))]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_subject_has_something_rose_red(subject: str) -> None:
    assert all(ROSE in figure(subject, Random(seed)) for seed in range(20))


@pytest.mark.parametrize(
    ("scene", "subject", "named"),
    [
        ("desert", "goats", "There is no scene “desert”; known are coast, forest, "),
        ("coast", "camels", "There is no subject “camels”; known are smokehouse, boat, "),
        ("", "goats", "There is no scene “”"),
        ("Coast", "goats", "There is no scene “Coast”"),
    ],
)
def test_what_nobody_has_drawn_is_refused_by_name(scene: str, subject: str, named: str) -> None:
    with pytest.raises(ValueError, match=re.escape(named)):
        draw(scene, subject, "veju-kalni")


@pytest.mark.parametrize(
    ("values", "spelt"),
    [((0.5, -0.5), ".5-.5"), ((10.4, -3.25), "10-3.2"), ((-0.04, 7.0), "0 7"), ((99.6,), "100")],
)
def test_numbers_are_spelt_shortly(values: tuple[float, ...], spelt: str) -> None:
    assert numbers(*values) == spelt
