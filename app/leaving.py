"""Whoever was accepted and no longer comes gives their places back: what is published and planned.

It happens in the transaction that takes the application back, after waiting for the days: of a
withdrawal and a plan that is published in the same moment, the later sees what the earlier did.
"""

from datetime import date, datetime
from typing import Protocol

from sqlmodel import Session, SQLModel

from app.placing import lock_days, release
from market.days.models import Festival
from market.festivals.models import Application, Call
from market.reviewing.leaving_queries import placements_of_call, planned_places_of
from market.reviewing.queries import days_of
from vendors.fields import identity


class Leaving(Protocol):
    """The form that takes an application back, of the office or of the applicant."""

    session: Session
    at: datetime
    vendor_id: int | None

    def remove(self, row: SQLModel, *, action: str) -> None:
        """Take a row away and note what it was."""


def give_back(
    save: Leaving, festival: Festival, call: Call, application: Application, today: date
) -> int:
    """Make free every place an applicant has at a festival from today on; returns how many.

    Places of days that are over stay as they were. Planned places go from drafts and from the
    published version; earlier versions stay as a record. The caller commits.
    """
    ahead = [day for day in days_of(festival) if day >= today]
    lock_days(save.session, ahead)
    vendor_id = application.vendor_id
    there = placements_of_call(save.session, identity(call), ahead, vendor_id) if vendor_id else []
    for placement in there:
        release(save, placement)
    save.vendor_id = vendor_id
    for place in planned_places_of(save.session, identity(festival), application, today):
        save.remove(place, action="planned")
    application.price_cents = None
    save.session.add(application)
    save.session.flush()
    return len(there)
