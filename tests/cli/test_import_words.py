"""Words in cells mean one thing each, whatever the language they are written in."""

from pathlib import Path

import pytest
from sqlmodel import SQLModel

from app.languages import gettext as _
from app.languages import languages, speaking
from app.names import ALLERGENS, CATEGORIES, HOURS_SAID, KIND_WORDS, ORIGINS, STALL_KINDS
from app.names import VENDOR_KINDS as KINDS_OF_VENDORS
from app.tables import words
from app.tables.cells import choice_cell, package_cell
from app.tables.importing import TABLES
from market.days.models import (
    DAY_KINDS,
    PLACEMENT_SOURCES,
    FestivalFields,
    MarketDayFields,
    WeeklyHoursFields,
)
from market.places.models import SiteFields, StallOnPlanFields, ZoneFields
from market.programme.models import EVENT_STATES, PRICES, EventFields, VenueFields
from market.programme.models import HOURS_SAID as HOURS
from vendors.listings.models import STATES, UNITS, GoodFields
from vendors.registry.models import VENDOR_CLASSES, VENDOR_STATES, OpenDayFields, VendorFields
from vendors.stories.models import StoryFields

CHOICES = {
    "vendor states": (words.VENDOR_STATES, VENDOR_STATES),
    "vendor classes": (words.VENDOR_CLASSES, VENDOR_CLASSES),
    "units": (words.UNITS, UNITS),
    "states of goods": (words.GOOD_STATES, STATES),
    "sources": (words.PLACEMENT_SOURCES, PLACEMENT_SOURCES),
    "event states": (words.EVENT_STATES, EVENT_STATES),
    "prices": (words.PRICES, PRICES),
    "kinds of days": (words.DAY_KINDS, DAY_KINDS),
    "hours": (HOURS_SAID, tuple(key for key in HOURS if key != "exact")),
    "categories": (CATEGORIES, tuple(CATEGORIES)),
    "kinds of goods": (KIND_WORDS, tuple(KIND_WORDS)),
    "origins": (ORIGINS, tuple(ORIGINS)),
    "kinds of vendors": (KINDS_OF_VENDORS, tuple(KINDS_OF_VENDORS)),
    "allergens": (ALLERGENS, tuple(ALLERGENS)),
    "kinds of stalls": (STALL_KINDS, tuple(STALL_KINDS)),
}


@pytest.mark.parametrize("name", CHOICES)
def test_every_key_is_read_back_from_each_of_its_words(name: str) -> None:
    by_key, keys = CHOICES[name]
    assert tuple(by_key) == keys
    cell = choice_cell(by_key)
    for key, word in by_key.items():
        assert cell.read(key) == key
        assert cell.read(str(cell.show(key))) == key
        for language in languages():
            with speaking(language):
                typed = _(word)
            assert cell.read(typed) == key, (language, typed)


@pytest.mark.parametrize(
    ("typed", "read", "shown"),
    [
        ("1 kg", (1000, "g"), "1 kg"),
        ("0,5 kg", (500, "g"), "500 g"),
        ("500g", (500, "g"), "500 g"),
        ("1,5 l", (1500, "ml"), "1500 ml"),
        ("1 gab.", (1, "piece"), "1 gab."),
        ("10 piece", (10, "piece"), "10 gab."),
    ],
)
def test_packages_are_read_and_shown_as_on_a_price_list(
    typed: str, read: tuple[int, str], shown: str
) -> None:
    cell = package_cell(words.UNITS)
    assert cell.read(typed) == read
    assert cell.show(read) == shown


@pytest.mark.parametrize("kind", TABLES)
def test_no_two_columns_of_a_list_answer_to_one_heading(kind: str) -> None:
    headings = [heading for column in TABLES[kind].columns for heading in set(column.headings())]
    assert len(headings) == len(set(headings))


@pytest.mark.parametrize("kind", TABLES)
def test_what_a_list_needs_it_has_columns_for(kind: str) -> None:
    assert set(TABLES[kind].needed) <= {column.name for column in TABLES[kind].columns}


FIELDS = {
    "vendors": VendorFields,
    "goods": GoodFields,
    "stories": StoryFields,
    "open-days": OpenDayFields,
    "stalls": StallOnPlanFields,
    "events": EventFields,
    "festivals": FestivalFields,
    "hours": WeeklyHoursFields,
    "days": MarketDayFields,
}
TOGETHER_IN_ONE_CELL = {"amount": "package", "unit": "package", "net_amount": "net"}
TOGETHER_IN_ONE_CELL |= {"net_unit": "net"}


@pytest.mark.parametrize("kind", FIELDS)
def test_no_field_of_a_row_is_forgotten(kind: str) -> None:
    present = {column.name.split(".")[0] for column in TABLES[kind].columns}
    for field in FIELDS[kind].model_fields:
        assert TOGETHER_IN_ONE_CELL.get(field, field) in present


@pytest.mark.parametrize(
    ("part", "fields"), [("site", SiteFields), ("zone", ZoneFields), ("venue", VenueFields)]
)
def test_no_field_of_a_part_is_forgotten(part: str, fields: type[SQLModel]) -> None:
    names = {column.name for kind in ("stalls", "events") for column in TABLES[kind].columns}
    present = {name.split(".")[1] for name in names if name.startswith(f"{part}.")}
    assert present == set(fields.model_fields)


@pytest.mark.parametrize("kind", TABLES)
def test_the_page_about_lists_explains_every_column(kind: str) -> None:
    page = (Path(__file__).parent.parent.parent / "docs" / "lists.md").read_text()
    assert f"`{kind}`, sheet `{TABLES[kind].sheet}`" in page
    for column in TABLES[kind].columns:
        assert column.heading.partition(" (")[0] in page
