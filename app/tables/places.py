"""The list of stalls: one line for each period of a stall on the plan.

What belongs to a site or a zone (names, coordinates, size) is told in the first line that names
it; the later lines leave those cells empty.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlmodel import col, select

from app import names
from app.languages import gettext as _
from app.languages import ngettext
from app.tables.base import Done, Outcome, Table, values_of
from app.tables.cells import DAY, NUMBER, WHOLE, YES_OR_NO, Cell, choice_cell, several_cell
from app.tables.columns import Column, Entry, told_about, words_columns
from app.tables.complaints import Complaint
from app.tables.plan_conflicts import Stand, conflicts
from market.places.models import (
    Site,
    SiteFields,
    Stall,
    StallFields,
    StallOnPlan,
    StallOnPlanFields,
    Zone,
    ZoneFields,
)
from market.signs.codes import normalised, problem_of
from market.signs.models import Sign
from market.signs.queries import issue_missing_signs
from vendors.fields import identity

CAPITALS = Cell(str.upper)

SITE_COLUMNS = told_about(
    "site",
    (
        Column("Laukuma kods", "slug"),
        *words_columns("name", "Laukums"),
        Column("Laukuma adrese", "address"),
        Column("Laukuma ģeogrāfiskais platums", "lat", NUMBER),
        Column("Laukuma ģeogrāfiskais garums", "lon", NUMBER),
        Column("Laukuma pagrieziens, grādi", "bearing_deg", NUMBER),
        Column("Plāna platums, m", "width_m", NUMBER),
        Column("Plāna augstums, m", "height_m", NUMBER),
    ),
)
ZONE_COLUMNS = told_about(
    "zone",
    (
        Column("Zonas kods", "code", CAPITALS),
        *words_columns("name", "Zona"),
        Column("Zonas elektrība, kW", "power_kw", NUMBER),
    ),
)


@dataclass(frozen=True)
class _Period:
    """A period as a line wants it, with the row that the plan has for it already."""

    entry: Entry
    stall: Stall
    zone: Zone
    fields: StallOnPlanFields
    row: StallOnPlan | None


class Stalls(Table):
    """Stalls, their sites and zones, and how they stand on the plan."""

    name = "stalls"
    sheet = "vietas"
    columns = (
        *SITE_COLUMNS,
        *ZONE_COLUMNS,
        Column("Vieta", "number", CAPITALS, also=("Vietas numurs", "stall")),
        Column("Rinda", "row"),
        Column("Kārta rindā", "position", WHOLE),
        Column("Vietas veids", "kind", choice_cell(names.STALL_KINDS)),
        Column("X, m", "x_m", NUMBER),
        Column("Y, m", "y_m", NUMBER),
        Column("Platums, m", "width_m", NUMBER),
        Column("Dziļums, m", "depth_m", NUMBER),
        Column("Pagrieziens, grādi", "angle_deg", NUMBER),
        Column("Elektrība, kW", "power_kw", NUMBER),
        Column("Ūdens", "water", YES_OR_NO),
        Column("Jumts", "roof", YES_OR_NO),
        Column("Dzesēšana", "cooling", YES_OR_NO),
        Column("Vieta automašīnai", "vehicle", YES_OR_NO),
        Column("Paredzēta precēm", "reserved_for", several_cell(names.CATEGORIES)),
        Column("No", "valid_from", DAY),
        Column("Līdz", "valid_to", DAY),
        Column("Zīmes kods", "sign", Cell(normalised)),
    )
    needed = ("zone.code", "number", "row", "position", "x_m", "y_m", "width_m", "depth_m")

    @cached_property
    def _sites(self) -> dict[str, Site]:
        return {site.slug: site for site in self.session.exec(select(Site))}

    @cached_property
    def _zones(self) -> dict[str, Zone]:
        return {zone.code: zone for zone in self.session.exec(select(Zone))}

    @cached_property
    def _stalls(self) -> dict[str, Stall]:
        return {stall.number: stall for stall in self.session.exec(select(Stall))}

    @cached_property
    def _plan(self) -> dict[tuple[int, object], StallOnPlan]:
        plan = self.session.exec(select(StallOnPlan))
        return {(row.stall_id, row.valid_from): row for row in plan}

    @cached_property
    def _signs(self) -> dict[str, Sign]:
        return {sign.code: sign for sign in self.session.exec(select(Sign).order_by(col(Sign.id)))}

    @cached_property
    def _code_of(self) -> dict[int, str]:
        """The code of the sign in use by stall."""
        in_use = (sign for sign in self._signs.values() if sign.retired_on is None)
        return {sign.stall_id: sign.code for sign in in_use if sign.stall_id is not None}

    @cached_property
    def _wanted(self) -> list[_Period]:
        return []

    # Writing the list.

    def rows(self) -> Iterator[dict[str, Any]]:
        sites = {site.id: site for site in self._sites.values()}
        zones = {zone.id: zone for zone in self._zones.values()}
        stalls = {stall.id: stall for stall in self._stalls.values()}

        def order(row: StallOnPlan) -> tuple[Any, ...]:
            zone = zones[row.zone_id]
            number = stalls[row.stall_id].number
            place = (row.row, row.position, number, row.valid_from)
            return (sites[zone.site_id].slug, zone.code, *place)

        told: set[str] = set()
        for row in sorted(self._plan.values(), key=order):
            zone = zones[row.zone_id]
            site, stall = sites[zone.site_id], stalls[row.stall_id]
            yield {
                **_told_once(told, site.slug, values_of(site, self.columns, "site")),
                **_told_once(told, zone.code, values_of(zone, self.columns, "zone")),
                "site.slug": site.slug,
                "zone.code": zone.code,
                **values_of(row, self.columns),
                "number": stall.number,
                "sign": self._code_of.get(row.stall_id),
            }

    # Reading it.

    def take(self, entry: Entry) -> Outcome:
        site, site_done = self._site(entry)
        zone, zone_done = self._zone(entry, site)
        number = self.checked(entry, StallFields, None, {"number": entry.values["number"]}).number
        stall = self._stalls.get(number)
        values = entry.fields()
        row = self._period_of(stall, values.get("valid_from"))
        values["valid_from"] = (
            values.get("valid_from") or (row.valid_from if row else None) or self.today
        )
        fields = self.checked(entry, StallOnPlanFields, row, values)
        self.once(entry, (number, fields.valid_from), "number")
        if fields.valid_to is not None and fields.valid_to < fields.valid_from:
            raise entry.refuse("valid_to", "ends_before")
        if stall is None:
            stall, _new, _changes = self.put(Stall, None, StallFields(number=number))
            self._stalls[number] = stall
        self._keep_sign(entry, stall)
        self._wanted.append(_Period(entry, stall, zone, fields, row))
        changes = _differences(row, zone, fields)
        done: Done = "new" if row is None else "changed" if changes else "unchanged"
        if done == "unchanged" and {site_done, zone_done} != {"unchanged"}:
            done = "changed"
        return Outcome(entry.line, done, stall.number, self.headings_of(changes))

    def _site(self, entry: Entry) -> tuple[Site, Done]:
        """The site of the line: the named one, that of its zone, or the only one there is."""
        if entry.values.get("site.slug"):
            site, done = self.told(entry, "site", "slug", self._sites, SiteFields, Site)
            if done == "new":
                self.notes.append(_("A new site: %(name)s.", name=site.name["lv"]))
            return site, done
        zone = self._zones.get(entry.values["zone.code"] or "")
        for site in self._sites.values():
            if len(self._sites) == 1 or (zone and zone.site_id == site.id):
                return site, "unchanged"
        raise entry.refuse("site.slug", "missing")

    def _zone(self, entry: Entry, site: Site) -> tuple[Zone, Done]:
        if entry.values["zone.code"] is None:
            raise entry.refuse("zone.code", "missing")
        known = self._zones.get(entry.values["zone.code"])
        if known is not None and known.site_id != site.id:
            other = next(one for one in self._sites.values() if one.id == known.site_id)
            raise entry.refuse("zone.code", "zone_elsewhere", site=other.name["lv"])
        zone, done = self.told(
            entry, "zone", "code", self._zones, ZoneFields, Zone, site_id=site.id
        )
        if done == "new":
            self.notes.append(_("A new zone: %(name)s.", name=zone.name["lv"]))
        return zone, done

    def _period_of(self, stall: Stall | None, valid_from: object) -> StallOnPlan | None:
        """The period that begins on a day; without a day the only one that the stall has."""
        if stall is None:
            return None
        if valid_from is not None:
            return self._plan.get((identity(stall), valid_from))
        periods = [row for row in self._plan.values() if row.stall_id == stall.id]
        return periods[0] if len(periods) == 1 else None

    def _keep_sign(self, entry: Entry, stall: Stall) -> None:
        """A stall whose printed sign is known keeps its code; a code is never used again."""
        code, present = entry.values.get("sign"), self._code_of.get(identity(stall))
        if not code or code == present:
            return
        if problem_of(code):
            raise entry.refuse("sign", "sign_code_wrong")
        spare = self._signs.get(code)
        if spare is not None and spare.stall_id is not None:
            number = next(one.number for one in self._stalls.values() if one.id == spare.stall_id)
            raise entry.refuse("sign", "sign_code_used", stall=number)
        if present:
            raise entry.refuse("sign", "sign_differs", code=present)
        sign = spare or Sign(code=code, issued_on=self.today)
        sign.stall_id = identity(stall)
        self.session.add(sign)
        self._signs[code], self._code_of[sign.stall_id] = sign, code

    def finish(self) -> list[Complaint]:
        """Write the plan if no two periods are in each other's way; give every stall its sign."""
        complaints = conflicts(self._stands())
        if complaints:
            return complaints
        self._write_plan()
        issued = issue_missing_signs(self.session, self.today)
        if issued:
            self.notes.append(ngettext("%(num)s new sign.", "%(num)s new signs.", len(issued)))
        return []

    def _stands(self) -> Iterator[Stand]:
        """The whole plan as it would be: periods without a line stay as they are."""
        numbers = {stall.id: stall.number for stall in self._stalls.values()}
        replaced = {id(period.row) for period in self._wanted}
        for row in self._plan.values():
            if id(row) not in replaced:
                yield Stand(numbers[row.stall_id], row.zone_id, row)
        for period in self._wanted:
            zone_id = identity(period.zone)
            yield Stand(period.stall.number, zone_id, period.fields, period.entry)

    def _write_plan(self) -> None:
        """Changed periods are written anew, so that two that change places never collide."""
        changed = [one for one in self._wanted if _differences(one.row, one.zone, one.fields)]
        for period in changed:
            self.session.delete(period.row)
        self.session.flush()
        for period in [*changed, *(one for one in self._wanted if one.row is None)]:
            row = StallOnPlan(
                stall_id=identity(period.stall),
                zone_id=identity(period.zone),
                **period.fields.model_dump(),
            )
            self.session.add(row)
        self.session.flush()


def _differences(row: StallOnPlan | None, zone: Zone, fields: StallOnPlanFields) -> tuple[str, ...]:
    if row is None:
        return ()
    named = type(fields).model_fields
    changes = [name for name in named if getattr(row, name) != getattr(fields, name)]
    return (*changes, *(["zone.code"] if row.zone_id != zone.id else []))


def _told_once(told: set[str], word: str, values: dict[str, Any]) -> dict[str, Any]:
    """The values for the first line that names a site or zone, nothing for later ones."""
    if word in told:
        return {}
    told.add(word)
    return values
