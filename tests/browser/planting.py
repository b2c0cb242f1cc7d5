"""The demonstration market, and in it what a calm market rarely shows: a retired sign, a stall
that is no longer on the plan, and names that try to run as script."""

from datetime import date

from sqlmodel import Session, col, select

from app.database import Database
from app.demo import TEST_TODAY, write_demonstration
from market.days.models import Placement
from market.places.models import Stall, StallOnPlan
from market.places.queries import write_parishes
from market.signs.models import Sign
from market.signs.queries import signs_of_stalls
from vendors.registry.models import Vendor
from vendors.stories.models import Story

RETIRED_CODE = "22222"
HOSTILE = "<img src=x onerror=window.hit=1>${window.hit=2}`${window.hit=3}`\\"
BREAKING_OUT = "</script><script>window.hit=4</script>'\"{{7*7}}"


def demonstration_with_more(database: Database) -> None:
    """Write the demonstration as of TEST_TODAY, a retired sign and a stall off the plan."""
    with database.writing() as session:
        write_parishes(session)
        write_demonstration(session, TEST_TODAY)
        free = _free_stalls(session)
        _retire(session, free[0])
        _take_off_the_plan(session, free[1])
        session.commit()


def hostile(database: Database) -> str:
    """Give two vendors of today hostile names and stories; the stall of the first."""
    with database.writing() as session:
        rows = session.exec(
            select(Vendor, Stall)
            .join(Placement, col(Placement.vendor_id) == Vendor.id)
            .join(Stall, col(Stall.id) == Placement.stall_id)
            .where(Placement.day == TEST_TODAY)
            .order_by(col(Stall.id))
        ).all()
        (first, stall), (second, _stall) = rows[0], rows[-1]
        first.name, second.name = HOSTILE, BREAKING_OUT
        for vendor, words in ((first, HOSTILE), (second, BREAKING_OUT)):
            for story in session.exec(select(Story).where(Story.vendor_id == vendor.id)):
                story.short = story.question = words
                session.add(story)
            session.add(vendor)
        session.commit()
        return stall.number


def _free_stalls(session: Session) -> list[Stall]:
    """Stalls on the plan that nobody ever has."""
    taken = select(Placement.stall_id)
    found = select(Stall).where(col(Stall.id).not_in(taken)).order_by(col(Stall.id))
    return list(session.exec(found))


def _retire(session: Session, stall: Stall) -> None:
    session.add(
        Sign(
            code=RETIRED_CODE,
            stall_id=stall.id or 0,
            issued_on=date(2026, 1, 1),
            retired_on=date(2026, 3, 1),
            retired_words={"lv": "Stends ir pārlikts.", "en": "The stall has been moved."},
        )
    )


def _take_off_the_plan(session: Session, stall: Stall) -> None:
    spot = session.exec(select(StallOnPlan).where(StallOnPlan.stall_id == stall.id)).one()
    spot.valid_to = date(2026, 10, 31)
    session.add(spot)


def code_of(session: Session, stall: Stall) -> str:
    """The code on the stall's sign."""
    return signs_of_stalls(session, [stall.id or 0])[stall.id or 0].code
