"""The same data as tables: which CSV files there are, their columns, and what stands in them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.api.resources import EVENTS, PARISHES, STALLS, VENDORS, Resource
from app.api.shapes import Shape
from app.languages import N_, languages
from app.tables.cells import NO, NONE_OF_THEM, YES, Shown

Line = Mapping[str, Any]


def _one_each(items: Iterable[Shape]) -> Iterator[Line]:
    return (item.model_dump() for item in items)


def _goods_of_each(vendors: Iterable[Shape]) -> Iterator[Line]:
    for vendor in _one_each(vendors):
        for good in vendor["goods"]:
            yield {"vendor": vendor["slug"], **good}


@dataclass(frozen=True)
class Table:
    """A CSV file of a resource. A column is named by its way into an item, "venue.name.lv"."""

    name: str
    title: str
    resource: Resource
    columns: tuple[str, ...]
    lines: Callable[[Iterable[Shape]], Iterator[Line]] = _one_each

    def rows(self, items: Iterable[Shape]) -> Iterator[Sequence[Shown]]:
        """The cells of each line."""
        for line in self.lines(items):
            yield [_cell(line, column) for column in self.columns]


def _cell(line: Line, column: str) -> Shown:
    value: Any = line
    for part in column.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list):
        return ", ".join(str(one) for one in value) or NONE_OF_THEM
    shown: Shown = value
    return shown


def _in_languages(*ways: str) -> tuple[str, ...]:
    """A column for each language; "*" stands for it."""
    return tuple(way.replace("*", language) for way in ways for language in languages())


TABLES = (
    Table(
        "stalls",
        N_("The stalls of a day: where they are, and who has them"),
        STALLS,
        (
            *("day", "id", "site", "zone", *_in_languages("zone_name.*"), "row", "position"),
            *("kind", "lat", "lon", "width_m", "depth_m", "power_kw", "water", "roof"),
            *("opens", "closes", "sign", "vendor", "presence"),
        ),
    ),
    Table(
        "vendors",
        N_("The vendors and the beginnings of their stories"),
        VENDORS,
        (
            *("slug", "name", "kind", "parish", "other_place", "since", "organic_certificate"),
            *("phone", "email", "farm.lat", "farm.lon", "stalls_today", "presence_today"),
            *_in_languages("story.*.short", "story.*.question"),
            "address",
        ),
    ),
    Table(
        "goods",
        N_("The goods with prices, months, origin and allergens"),
        VENDORS,
        (
            *("vendor", "category", "kind", *_in_languages("name.*"), "price_cents", "amount"),
            *("unit", "net_amount", "net_unit", "unit_price.cents", "unit_price.unit"),
            *("months", "origin", "allergens", "state", "confirmed_on"),
        ),
        _goods_of_each,
    ),
    Table(
        "events",
        N_("The programme: what happens, when and where"),
        EVENTS,
        (
            *("id", "uid", *_in_languages("title.*", "text.*"), "first_day", "last_day", "hour"),
            *(*_in_languages("hour_words.*"), "starts", "ends", "venue.slug"),
            *(*_in_languages("venue.name.*"), "venue.address", "venue.lat", "venue.lon", "place"),
            *("parish", "organiser", "price", "state", *_in_languages("state_words.*")),
            *("festival", "address", "calendar"),
        ),
    ),
    Table(
        "parishes",
        N_("The parishes and towns of Tukums novads"),
        PARISHES,
        (
            *("slug", "kind", *_in_languages("name.*"), "centre", "lat", "lon", "postcodes"),
            *("until_2021", "vendors", "address"),
        ),
    ),
)
