"""Lists of the calendar: opening hours of the week, days that differ, festivals."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from sqlmodel import select

from app.tables import words
from app.tables.base import Outcome, Table, values_of
from app.tables.cells import DAY, TIME, WEEKDAY, YES_OR_NO, choice_cell
from app.tables.columns import Column, Entry, words_columns
from market.days.models import (
    Festival,
    FestivalFields,
    MarketDay,
    MarketDayFields,
    WeeklyHours,
    WeeklyHoursFields,
)
from market.places.models import Site

SITE = Column("Laukuma kods", "site", also=("site.slug",))
FESTIVAL = Column("Svētku kods", "festival", also=("festival.slug",))


class OfSites(Table):
    """A list whose lines belong to sites, named by code; an only site need not be named."""

    @cached_property
    def sites(self) -> dict[str, Site]:
        """All sites by code."""
        return {site.slug: site for site in self.session.exec(select(Site))}

    @cached_property
    def codes(self) -> dict[int | None, str]:
        """The codes of all sites by id."""
        return {site.id: site.slug for site in self.sites.values()}

    def site_of(self, entry: Entry) -> Site:
        """The site of the line; raises LineError."""
        code = entry.values.get("site")
        if not code and len(self.sites) == 1:
            return next(iter(self.sites.values()))
        if not code:
            raise entry.refuse("site", "missing")
        if code not in self.sites:
            raise entry.refuse("site", "unknown_site")
        return self.sites[code]


class Hours(OfSites):
    """The weekly pattern of each site."""

    name = "hours"
    sheet = "darba_laiks"
    columns = (
        SITE,
        Column("Nedēļas diena", "weekday", WEEKDAY),
        Column("Atver", "opens", TIME),
        Column("Slēdz", "closes", TIME),
        Column("No", "valid_from", DAY),
        Column("Līdz", "valid_to", DAY),
    )
    needed = ("weekday", "opens", "closes")

    @cached_property
    def _hours(self) -> dict[tuple[Any, ...], WeeklyHours]:
        rows = self.session.exec(select(WeeklyHours))
        return {(row.site_id, row.weekday, row.valid_from): row for row in rows}

    def rows(self) -> Iterator[dict[str, Any]]:
        lines = [
            {"site": self.codes[row.site_id], **values_of(row, self.columns)}
            for row in self._hours.values()
        ]
        yield from sorted(lines, key=lambda one: (one["site"], one["weekday"], one["valid_from"]))

    def take(self, entry: Entry) -> Outcome:
        site, values = self.site_of(entry), entry.fields()
        values["valid_from"] = values.get("valid_from") or self.today
        fields = self.checked(entry, WeeklyHoursFields, None, values)
        key = (site.id, fields.weekday, fields.valid_from)
        self.once(entry, key, "weekday")
        _refuse_a_turned_time(entry, fields.opens, fields.closes, "closes")
        row, done, changes = self.put(WeeklyHours, self._hours.get(key), fields, site_id=site.id)
        self._hours[key] = row
        what = f"{site.slug}: {WEEKDAY.show(row.weekday)}"
        return Outcome(entry.line, done, what, self.headings_of(changes))


class MarketDays(OfSites):
    """Days that differ from the weekly pattern."""

    name = "days"
    sheet = "dienas"
    columns = (
        SITE,
        Column("Diena", "day", DAY, also=("Datums",)),
        Column("Dienas veids", "kind", choice_cell(words.DAY_KINDS)),
        Column("Atver", "opens", TIME),
        Column("Slēdz", "closes", TIME),
        Column("Atcelts", "cancelled", YES_OR_NO),
        *words_columns("words", "Paskaidrojums"),
        *words_columns("weather", "Laikapstākļi"),
        FESTIVAL,
    )
    needed = ("day",)

    @cached_property
    def _days(self) -> dict[tuple[Any, ...], MarketDay]:
        return {(row.site_id, row.day): row for row in self.session.exec(select(MarketDay))}

    @cached_property
    def _festivals(self) -> dict[str, Festival]:
        return {row.slug: row for row in self.session.exec(select(Festival))}

    def rows(self) -> Iterator[dict[str, Any]]:
        festivals = {row.id: row.slug for row in self._festivals.values()}
        lines = [
            {
                "site": self.codes[row.site_id],
                "festival": festivals.get(row.festival_id),
                **values_of(row, self.columns),
            }
            for row in self._days.values()
        ]
        yield from sorted(lines, key=lambda line: (line["day"], line["site"]))

    def take(self, entry: Entry) -> Outcome:
        site, values = self.site_of(entry), entry.fields()
        row = self._days.get((site.id, values["day"]))
        fields = self.checked(entry, MarketDayFields, row, values)
        self.once(entry, (site.id, fields.day), "day")
        if (fields.opens is None) != (fields.closes is None):
            raise entry.refuse("opens", "both_or_neither", other="Slēdz")
        _refuse_a_turned_time(entry, fields.opens, fields.closes, "closes")
        keys: dict[str, Any] = {"site_id": site.id}
        if "festival" in entry.values:
            keys["festival_id"] = festival_of(entry, self._festivals)
        row, done, changes = self.put(MarketDay, row, fields, **keys)
        what = f"{row.day:%d.%m.%Y} {site.slug}"
        return Outcome(entry.line, done, what, self.headings_of(changes))


class Festivals(Table):
    """Festivals, with what a visitor should know."""

    name = "festivals"
    sheet = "svetki"
    columns = (
        Column("Kods", "slug"),
        *words_columns("name", "Nosaukums"),
        Column("Pirmā diena", "first_day", DAY),
        Column("Pēdējā diena", "last_day", DAY),
        *words_columns("intro", "Ievads"),
        *words_columns("practical", "Praktiski"),
        *words_columns("wreath", "Vainags"),
    )
    needed = ("slug", "name.lv", "first_day", "last_day", "intro.lv")

    @cached_property
    def _festivals(self) -> dict[str, Festival]:
        return {row.slug: row for row in self.session.exec(select(Festival))}

    def rows(self) -> Iterator[dict[str, Any]]:
        for _slug, row in sorted(self._festivals.items()):
            yield values_of(row, self.columns)

    def take(self, entry: Entry) -> Outcome:
        row = self._festivals.get(entry.values["slug"] or "")
        fields = self.checked(entry, FestivalFields, row, entry.fields())
        self.once(entry, fields.slug, "slug")
        _refuse_a_turned_time(entry, fields.first_day, fields.last_day, "last_day", same=True)
        row, done, changes = self.put(Festival, row, fields)
        return Outcome(entry.line, done, row.name["lv"], self.headings_of(changes))


def festival_of(entry: Entry, festivals: dict[str, Festival]) -> int | None:
    """The id of the festival that the line names, None for an empty cell; raises LineError."""
    code = entry.values.get("festival")
    if code and code not in festivals:
        raise entry.refuse("festival", "unknown_festival")
    return festivals[code].id if code else None


def _refuse_a_turned_time(
    entry: Entry, begins: Any, ends: Any, name: str, same: bool = False
) -> None:
    if begins is not None and (ends < begins or (ends == begins and not same)):
        raise entry.refuse(name, "ends_before")
