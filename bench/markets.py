"""Markets of many vendors, grown out of the demonstration market."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, SQLModel, col, select

from app.clock import RIGA
from app.database import Database
from app.demo import write_demonstration
from app.schema import upgrade
from market.days.models import Placement
from market.places.models import Stall
from market.places.queries import write_parishes
from market.signs.models import Sign
from vendors.listings.models import Good
from vendors.registry.models import Vendor
from vendors.stories.models import Story

TUESDAY = 1
DAYS_OF_EACH = 20
ROWS_AT_ONCE = 5000


def market_day() -> date:
    """The next Tuesday, when the demonstration's market is open."""
    today = datetime.now(RIGA).date()
    return today + timedelta(days=(TUESDAY - today.weekday()) % 7)


def make_market(folder: Path, vendors: int, today: date) -> str:
    """The address of a new SQLite database with so many vendors and the demonstration's stalls."""
    address = f"sqlite:///{folder / 'market.sqlite'}"
    upgrade(address)
    database = Database(address)
    with database.writing() as session:
        write_parishes(session)
        write_demonstration(session, today)
        session.commit()
    with database.writing() as session:
        _grow(session, vendors, today)
        session.commit()
    database.engine.dispose()
    return address


def codes(address: str, number: int) -> list[str]:
    """The codes of so many signs."""
    database = Database(address)
    with database.reading() as session:
        found = session.exec(select(Sign.code).order_by(col(Sign.id)).limit(number)).all()
    database.engine.dispose()
    return list(found)


def _grow(session: Session, vendors: int, today: date) -> None:
    """Copy vendors with their goods and stories, and let them have stood here for years."""
    models = session.exec(select(Vendor).order_by(col(Vendor.id))).all()
    first = (max(vendor.id or 0 for vendor in models)) + 1
    originals = dict(zip(range(first, first + vendors - len(models)), cycle(models), strict=False))
    _insert(
        session,
        Vendor,
        (
            _copy(vendor, id=new, slug=f"copy-{new}", name=f"{vendor.name} {new}")
            for new, vendor in originals.items()
        ),
    )
    goods, stories = session.exec(select(Good)).all(), session.exec(select(Story)).all()
    _insert(session, Good, _copies(goods, originals))
    _insert(session, Story, _copies(stories, originals))
    _insert(session, Placement, _past_placements(session, list(originals), today))


def _copies(
    rows: Sequence[Good] | Sequence[Story], originals: dict[int, Vendor]
) -> Iterator[dict[str, Any]]:
    """What belongs to each original, once more for each of its copies."""
    belonging: dict[int, list[Good | Story]] = defaultdict(list)
    for row in rows:
        belonging[row.vendor_id].append(row)
    for new, vendor in originals.items():
        for row in belonging[vendor.id or 0]:
            yield _copy(row, vendor_id=new)


def _past_placements(session: Session, vendors: list[int], today: date) -> Iterator[dict[str, Any]]:
    """Each vendor on some days long before the demonstration's own."""
    stalls = session.exec(select(Stall.id)).all()
    days = (today - timedelta(days=365 + 2 * step) for step in range(10**6))
    places = ((day, stall) for day in days for stall in stalls)
    turns = islice(cycle(vendors), len(vendors) * DAYS_OF_EACH)
    for vendor, (day, stall) in zip(turns, places, strict=False):
        yield {"day": day, "stall_id": stall, "vendor_id": vendor, "source": "import"}


def _copy(row: SQLModel, **changed: Any) -> dict[str, Any]:
    fields = row.model_dump() | {"id": None} | changed
    return {name: value for name, value in fields.items() if name != "id" or value is not None}


def _insert(session: Session, model: type[SQLModel], rows: Iterator[dict[str, Any]]) -> None:
    while some := list(islice(rows, ROWS_AT_ONCE)):
        session.execute(insert(model), some)
