"""The list of placements: who has which stall on which day."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any

from sqlmodel import select

from app.tables import words
from app.tables.base import Outcome
from app.tables.cells import DAY, choice_cell
from app.tables.columns import Column, Entry
from app.tables.people import VENDOR, OfVendors
from app.tables.places import CAPITALS
from market.days.models import Placement
from market.places.models import Stall, StallOnPlan
from vendors.fields import identity


class Placements(OfVendors):
    """One line for each day and stall. A stall that has a holder on a day never changes hands here.

    Who wants to give it to somebody else takes it from the present holder first.
    """

    name = "placements"
    sheet = "izvietojums"
    columns = (
        Column("Diena", "day", DAY, also=("Datums",)),
        Column("Vieta", "stall", CAPITALS, also=("Vietas numurs", "number")),
        VENDOR,
        Column("Pamats", "source", choice_cell(words.PLACEMENT_SOURCES)),
    )
    needed = ("day", "stall", "vendor")

    @cached_property
    def _stalls(self) -> dict[str, Stall]:
        return {stall.number: stall for stall in self.session.exec(select(Stall))}

    @cached_property
    def _periods(self) -> dict[int, list[StallOnPlan]]:
        periods: dict[int, list[StallOnPlan]] = {}
        for row in self.session.exec(select(StallOnPlan)):
            periods.setdefault(row.stall_id, []).append(row)
        return periods

    @cached_property
    def _holders(self) -> dict[tuple[date, int], Placement]:
        placements = self.session.exec(select(Placement))
        return {(row.day, row.stall_id): row for row in placements}

    def rows(self) -> Iterator[dict[str, Any]]:
        numbers = {stall.id: stall.number for stall in self._stalls.values()}
        lines = [
            {
                "day": row.day,
                "stall": numbers[row.stall_id],
                "vendor": self.vendors[row.vendor_id].slug,
                "source": row.source,
            }
            for row in self._holders.values()
        ]
        yield from sorted(lines, key=lambda line: (line["day"], line["stall"]))

    def take(self, entry: Entry) -> Outcome:
        for name in ("day", "stall"):
            if entry.values[name] is None:
                raise entry.refuse(name, "missing")
        day, number = entry.values["day"], entry.values["stall"]
        stall = self._stalls.get(number)
        if stall is None:
            raise entry.refuse("stall", "unknown_stall")
        vendor = self.vendor_of(entry)
        if not self._is_on_plan(stall, day):
            raise entry.refuse("stall", "not_on_plan", day=day)
        row = self._holders.get((day, identity(stall)))
        if row is not None and row.vendor_id != vendor.id:
            raise self._taken(entry, row)
        self.once(entry, (day, number), "stall")
        source = entry.values.get("source") or (row.source if row else "import")
        what = f"{day:%d.%m.%Y} {number}: {vendor.name}"
        if row is None:
            row = Placement(
                day=day, stall_id=identity(stall), vendor_id=identity(vendor), source=source
            )
            self.session.add(row)
            self._holders[day, identity(stall)] = row
            return Outcome(entry.line, "new", what)
        if row.source == source:
            return Outcome(entry.line, "unchanged", what)
        row.source = source
        return Outcome(entry.line, "changed", what, self.headings_of(("source",)))

    def _is_on_plan(self, stall: Stall, day: date) -> bool:
        return any(
            row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)
            for row in self._periods.get(identity(stall), [])
        )

    def _taken(self, entry: Entry, row: Placement) -> Exception:
        holder = self.vendors[row.vendor_id].name
        line = self._lines.get((row.day, entry.values["stall"]))
        if line is None:
            return entry.refuse("stall", "stall_taken", day=row.day, vendor=holder)
        return entry.refuse("stall", "taken_in_file", day=row.day, vendor=holder, line=line)
