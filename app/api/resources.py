"""The resources of the interface, each declared once: what may be asked and what is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from app.api.asking import Asked, EventsAsked, ParishesAsked, StallsAsked, VendorsAsked
from app.api.events import events
from app.api.parishes import parishes
from app.api.shapes import Event, Found, Parish, Shape, Stall, Vendor
from app.api.stalls import stalls
from app.api.vendors import vendors


@dataclass(frozen=True)
class Resource:
    """A list at `/api/v1/<name>`."""

    name: str
    summary: str
    asks: type[Asked]
    item: type[Shape]
    find: Callable[[Session, Any, date, slice], Found[Any]]


STALLS = Resource("stalls", "The stalls of a day", StallsAsked, Stall, stalls)
VENDORS = Resource("vendors", "The vendors and their goods", VendorsAsked, Vendor, vendors)
EVENTS = Resource("events", "The programme", EventsAsked, Event, events)
PARISHES = Resource("parishes", "Parishes and towns", ParishesAsked, Parish, parishes)

RESOURCES = (STALLS, VENDORS, EVENTS, PARISHES)
