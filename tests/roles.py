"""Everybody who may ask, each with a session of their own, and what belongs to whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session, SQLModel, col, select

from app.accounts import cookie_name, digest_of, remember_phone
from app.clock import moment
from app.database import Database
from app.records import Change
from market.days.models import Absence
from tests.asking import changing, database_of
from vendors.fields import identity
from vendors.keys.models import KnownPhone, Person
from vendors.listings.models import Good
from vendors.registry.models import Vendor
from vendors.stories.models import Photograph, Recording

A, B, C, PAUSED, LEFT = "a", "b", "c", "paused", "left"
"""Vendors by what they are here; nobody has a session of C, whose things must never change."""


@dataclass(frozen=True)
class Role:
    """One kind of asker: a vendor, or a person of the office with a role, working for somebody."""

    name: str
    vendor: str = ""
    office: str = ""
    works_for: str = ""
    source: str = "spoken"
    state: str = "active"
    confirmed: bool = True

    @property
    def may_act(self) -> bool:
        """Whether this is a person of the office who may change things."""
        return self.office in ("organiser", "head") and self.comes_in and self.confirmed

    @property
    def comes_in(self) -> bool:
        """Whether the session opens anything."""
        return bool(self.vendor or self.office) and self.vendor != LEFT and self.state == "active"

    @property
    def in_name_of(self) -> str:
        """The vendor whose own pages open."""
        return self.works_for if self.may_act else self.vendor if self.comes_in else ""


ROLES = (
    Role("visitor"),
    Role("vendor A", vendor=A),
    Role("vendor B", vendor=B),
    Role("vendor who is paused", vendor=PAUSED),
    Role("vendor who has left", vendor=LEFT),
    Role("reader", office="reader"),
    Role("helper", office="helper"),
    Role("organiser", office="organiser"),
    Role("head", office="head"),
    Role("organiser working for A", office="organiser", works_for=A),
    Role("organiser mending something of A", office="organiser", works_for=A, source="office"),
    Role("reader who once worked for A", office="reader", works_for=A),
    Role("person who is disabled", office="head", works_for=A, state="disabled"),
    Role("person without the second factor", office="head", works_for=A, confirmed=False),
)


@dataclass
class Company:
    """All roles with their sessions in one market."""

    app: Flask
    slugs: dict[str, str] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    inside: set[str] = field(default_factory=set)
    """The names of roles that have come in; whoever changes much empties it."""

    @property
    def database(self) -> Database:
        """The database of the market."""
        return database_of(self.app)

    def client(self, role: Role, *, anew: bool = True) -> FlaskClient:
        """A browser in which this role has come in; `anew` whatever happened to it before."""
        if anew or role.name not in self.inside:
            self._come_in(role)
            self.inside.add(role.name)
        client = self.app.test_client()
        if role.name in self.tokens:
            with self.app.app_context():
                client.set_cookie(cookie_name(), self.tokens[role.name])
        return client

    def _come_in(self, role: Role) -> None:
        if not (role.vendor or role.office):
            return
        with self.app.app_context(), self.database.writing() as session:
            found = session.exec(
                select(KnownPhone).where(
                    KnownPhone.token_digest == digest_of(self.tokens.get(role.name, ""))
                )
            ).first()
            if found is None:
                self.tokens[role.name] = self._new_session(session, role)
                found = session.exec(
                    select(KnownPhone).where(
                        KnownPhone.token_digest == digest_of(self.tokens[role.name])
                    )
                ).one()
            found.ended_at, found.expires_at = None, moment() + timedelta(days=1)
            found.confirmed_at = moment() if role.office and role.confirmed else None
            found.for_vendor_id = self.ids.get(role.works_for)
            found.for_source = role.source if role.works_for else None
            session.add(found)
            session.commit()

    def _new_session(self, session: Session, role: Role) -> str:
        return remember_phone(
            session,
            way="code",
            device="test",
            at=moment(),
            vendor_id=self.ids.get(role.vendor),
            person_id=self.people.get(role.name),
        )


def company_of(app: Flask) -> Company:
    """Five vendors of the demonstration, and a person of the office for each such role."""
    company = Company(app)
    with app.app_context(), changing(app) as session:
        vendors = session.exec(select(Vendor).order_by(col(Vendor.id)).limit(5)).all()
        for name, vendor in zip((A, B, C, PAUSED, LEFT), vendors, strict=True):
            company.slugs[name], company.ids[name] = vendor.slug, identity(vendor)
            vendor.state = {PAUSED: "paused", LEFT: "archived"}.get(name, "approved")
            vendor.show_phone = vendor.show_email = vendor.show_farm_place = False
            session.add(vendor)
        for number, role in enumerate(role for role in ROLES if role.office):
            person = Person(
                email=f"p{number}@office.example",
                name=role.name,
                role=role.office,
                state=role.state,
                made_at=moment(),
            )
            session.add(person)
            session.flush()
            company.people[role.name] = identity(person)
    return company


def plant(company: Company, whose: str, number: int) -> dict[type[SQLModel], int]:
    """New things of a vendor of every kind that has a number in an address; ids by table."""
    vendor_id = company.ids[whose]
    with company.app.app_context(), changing(company.app) as session:
        batch = f"planted{number:010}"
        rows: list[Any] = [
            Good(
                vendor_id=vendor_id,
                category="vegetables",
                name={"lv": f"Stādīts {number}"},
                price_cents=200,
                confirmed_on=date(2026, 11, 24),
            ),
            Photograph(
                vendor_id=vendor_id,
                digest=uuid4().hex * 2,
                width=1,
                height=1,
                words={"lv": "Stādīts"},
            ),
            Absence(
                vendor_id=vendor_id, first_day=date(2027, 5, 1), last_day=date(2027, 5, 2)
            ),
            Change(
                vendor_id=vendor_id, batch=batch, at=moment(), action="year", source="own",
                table="vendor", row=vendor_id, before={}, after={},
            ),
        ]  # fmt: skip
        if not session.exec(select(Recording).where(Recording.vendor_id == vendor_id)).first():
            rows.append(Recording(vendor_id=vendor_id, language="lv", digest="f" * 64, seconds=3))
        session.add_all(rows)
        session.flush()
        return {type(row): identity(row) for row in rows}


def uproot(company: Company, planted: Mapping[type[SQLModel], int]) -> None:
    """Take planted things away again, so that the market does not grow with the table."""
    if not planted:
        return
    with company.app.app_context(), changing(company.app) as session:
        for table, number in planted.items():
            row = session.get(table, number)
            if row is not None and table is not Recording:
                session.delete(row)


Rows = Mapping[str, list[tuple[Any, ...]]]


def belongings(company: Company, whose: str) -> Rows:
    """Everything of a vendor, table by table, but for who looked in when."""
    vendor_id = company.ids[whose]
    found = {}
    with company.database.reading() as session:
        for table in SQLModel.metadata.sorted_tables:
            key = "id" if table.name == "vendor" else "vendor_id"
            if key not in table.c or table.name in ("page_opening",):
                continue
            rows = session.execute(table.select().where(table.c[key] == vendor_id)).all()
            found[table.name] = sorted((tuple(row) for row in rows), key=repr)
    return found


def everything(company: Company) -> str:
    """All that the database holds, as one text to search in; but for forms that were sent."""
    with company.database.reading() as session:
        return "\n".join(
            f"{table.name}: {tuple(row)!r}"
            for table in SQLModel.metadata.sorted_tables
            for row in session.execute(table.select()).all()
        )
