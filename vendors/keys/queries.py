"""What the database is asked about keys and the people who hold them."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from vendors.keys.models import Person


def people_named(session: Session, ids: Collection[int]) -> dict[int, str]:
    """The names of people of the office by their identity."""
    rows = session.exec(select(Person).where(col(Person.id).in_(ids))).all()
    return {row.id: row.name for row in rows if row.id is not None}
