"""Asking the database of a test what the market has, to compare it with what pages say."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from flask import Flask
from sqlmodel import Session, col, select

from app.database import Database
from market.days.models import Placement, Presence
from market.places.models import Stall
from market.signs.models import Sign
from vendors.registry.models import PUBLIC, Vendor


def database_of(app: Flask) -> Database:
    """The database of an application."""
    found: Database = app.extensions["database"]
    return found


@contextmanager
def changing(app: Flask) -> Iterator[Session]:
    """A session in which a test changes the market; committed at its end."""
    with database_of(app).writing() as session:
        yield session
        session.commit()


def code_of(app: Flask, number: str) -> str:
    """The code on the sign of a stall."""
    with database_of(app).reading() as session:
        query = select(Sign.code).join(Stall, col(Stall.id) == Sign.stall_id)
        return session.exec(query.where(Stall.number == number)).one()


def holders_on(app: Flask, day: date) -> dict[str, Vendor]:
    """Who has which stall on a day: vendors by the stall's number."""
    with database_of(app).reading() as session:
        rows = session.exec(
            select(Stall.number, Vendor)
            .join(Placement, col(Placement.stall_id) == Stall.id)
            .join(Vendor, col(Vendor.id) == Placement.vendor_id)
            .where(Placement.day == day)
        )
        return dict(rows.all())


def vendors_of(app: Flask) -> list[Vendor]:
    """All vendors of the market whom the public sees."""
    with database_of(app).reading() as session:
        return list(session.exec(select(Vendor).where(*PUBLIC)))


def stalls_by_circumstance(app: Flask, day: date) -> dict[str, str]:
    """A stall's number for each way in which a stall can be taken or free on a day.

    "here", "late", "absent" (its holder said so) · "two" (its holder has another, too) · "free"
    (other days have a holder, before and after) · "never" (no day has one).
    """
    with database_of(app).reading() as session:
        rows = session.exec(
            select(Stall.number, Placement.day, Placement.vendor_id).join(
                Placement, col(Placement.stall_id) == Stall.id, isouter=True
            )
        ).all()
        said = {
            row.vendor_id: row.state
            for row in session.exec(select(Presence).where(Presence.day == day))
        }
    today = {number: vendor for number, on, vendor in rows if on == day}
    found: dict[str, str] = {}
    for number in sorted({number for number, _on, _vendor in rows if not number.startswith("R")}):
        days = [on for other, on, _vendor in rows if other == number and on is not None]
        if number not in today:
            free = any(on < day for on in days) and any(on > day for on in days)
            found.setdefault("free" if free else "never" if not days else "seldom", number)
        elif list(today.values()).count(today[number]) > 1:
            found.setdefault("two", number)
        else:
            states = {"present": "here", "late": "late", "absent": "absent"}
            found.setdefault(states[said.get(today[number], "present")], number)
    return found
