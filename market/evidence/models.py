"""Openings of signs and of vendors' pages: how often, in which hour and language; nothing else."""

from datetime import date

from sqlmodel import CheckConstraint, Field, SQLModel


class Opening(SQLModel, table=True):
    """How often a sign was opened in one hour of a day of the place, in one language."""

    __table_args__ = (CheckConstraint("hour BETWEEN 0 AND 23", name="hour"),)

    sign_id: int = Field(primary_key=True, foreign_key="sign.id")
    day: date = Field(primary_key=True)
    hour: int = Field(primary_key=True)
    language: str = Field(primary_key=True, max_length=2)
    openings: int = 0


class PageOpening(SQLModel, table=True):
    """How often a vendor's page was opened in one hour of a day of the place, in one language."""

    __tablename__ = "page_opening"
    __table_args__ = (CheckConstraint("hour BETWEEN 0 AND 23", name="hour"),)

    vendor_id: int = Field(primary_key=True, foreign_key="vendor.id", ondelete="CASCADE")
    day: date = Field(primary_key=True)
    hour: int = Field(primary_key=True)
    language: str = Field(primary_key=True, max_length=2)
    openings: int = 0
