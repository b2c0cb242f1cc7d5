"""Permits of a festival: who may drive in at six, with what, to which place, paid or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app import names
from app.accepting import Desk
from app.languages import gettext as _
from app.languages import in_language, number, sort_key
from market.days.models import Presence
from market.festivals.deciding import ACCEPTED
from market.festivals.models import Application
from market.on_the_day.queries import presence_rows
from market.reviewing.queries import applications_of_call, days_of, festival_places
from vendors.registry.models import Vendor
from vendors.searching import folded

WITHOUT_ZONE = "žž"
"""Who has no place yet stands last by zone."""


@dataclass(frozen=True)
class Permit:
    """One accepted applicant on the permit list. `places` are numbers by day, with the zone's
    name; `presence` is what is known of the day that is looked at."""

    row: Application
    vendor: Vendor | None
    days: tuple[date, ...]
    places: dict[date, tuple[str, ...]]
    zone: str
    zone_code: str
    presence: Presence | None = None

    @property
    def is_paid(self) -> bool:
        """Whether nothing is open."""
        return self.row.paid_cents >= (self.row.price_cents or 0)

    @property
    def goods(self) -> str:
        """What they sell, by categories."""
        return ", ".join(names.category(one) for one in self.row.categories)

    @property
    def numbers(self) -> str:
        """All places in the order of the days, each once."""
        every = dict.fromkeys(one for day in sorted(self.places) for one in self.places[day])
        return ", ".join(every)

    def numbers_on(self, day: date) -> str:
        """The places of a day; "–" for a day without one."""
        return ", ".join(self.places.get(day, ())) or "–"

    @property
    def needs(self) -> str:
        """Vehicle and power, as the gate and the electrician ask."""
        found = [_("vehicle")] if self.row.vehicle else []
        if self.row.power_kw:
            found.append(_("%(power)s kW", power=number(self.row.power_kw)))
        if self.row.fire:
            found.append(_("fire"))
        return ", ".join(found)


def permits_of(desk: Desk, day: date | None = None) -> list[Permit]:
    """Everybody who is accepted, by name in the order of the Latvian alphabet.

    With a day: only whoever comes on it (by the application or by the plan), and whether they are
    here already.
    """
    rows = [
        row for row in applications_of_call(desk.session, desk.call_id) if row.state == ACCEPTED
    ]
    ids = {row.vendor_id for row in rows if row.vendor_id is not None}
    places = festival_places(desk.session, desk.call_id, days_of(desk.festival), ids)
    here = presence_rows(desk.session, day) if day else {}
    found = []
    for row in rows:
        own = places.get(row.vendor_id or 0, [])
        by_day: dict[date, tuple[str, ...]] = {}
        for at, stall, _spot, _zone in own:
            by_day[at] = (*by_day.get(at, ()), stall.number)
        zone = own[0][3] if own else None
        found.append(
            Permit(
                row,
                desk.session.get(Vendor, row.vendor_id) if row.vendor_id else None,
                tuple(date.fromisoformat(one) for one in sorted(row.days)),
                by_day,
                in_language(zone.name).text if zone else "",
                zone.code if zone else WITHOUT_ZONE,
                here.get(row.vendor_id or 0),
            )
        )
    if day is not None:
        found = [one for one in found if day in one.days or day in one.places]
    return sorted(found, key=lambda one: sort_key(one.row.name))


def by_zone(permits: Sequence[Permit]) -> dict[str, list[Permit]]:
    """The same by zone and there by the numbers of the places; who has none comes last."""
    ordered = sorted(permits, key=lambda one: (one.zone_code, _by_number(one.numbers)))
    found: dict[str, list[Permit]] = {}
    for one in ordered:
        found.setdefault(one.zone or _("Without a place yet"), []).append(one)
    return found


def _by_number(numbers: str) -> tuple[str, int]:
    """ "R12, R13" as ("R", 12): by letter, then by number."""
    first = numbers.split(",", maxsplit=1)[0]
    digits = "".join(char for char in first if char.isdigit())
    return first.rstrip("0123456789"), int(digits or 0)


def searched(permits: Sequence[Permit], typed: str) -> list[Permit]:
    """Those whose name, number or place holds what was typed, whatever the diacritics."""
    wanted = folded(typed.strip()) or ""
    return [
        one
        for one in permits
        if wanted in (folded(f"{one.row.name} {one.row.number} {one.numbers}") or "")
    ]
