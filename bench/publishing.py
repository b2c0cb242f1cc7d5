"""Publishing 250 places on three days: seconds, and questions to the database beside one day.

Run with `python -m bench.publishing`. The page of the same plan by hand is opened, too.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from flask.testing import FlaskClient
from sqlalchemy import event
from sqlmodel import Session, select

from app import create_app
from app.accounts import digest_of, remember_phone
from app.clock import moment
from app.config import Settings
from app.database import database
from bench.large_festival import STALLS, LargeFestival, write_large_festival
from bench.markets import make_market, market_day
from bench.servers import verdict
from vendors.fields import identity
from vendors.keys.models import KnownPhone, Person

LONGEST_S, LONGEST_PAGE_S, MOST_PAGE_KB = 2.0, 1.0, 600
MOST_TIMES_ONE_DAY = 3.3
"""Three days may take three times what one takes, and what they have in common once."""


def main() -> bool:
    """Print how long publishing and the page by hand take; whether they stay within bounds."""
    with tempfile.TemporaryDirectory() as name:
        address = make_market(Path(name), 50, market_day())
        at = f"{market_day().isoformat()}T10:00"
        app = create_app(Settings(database_url=address, data_dir=Path(name), now=at))
        with app.app_context(), database().writing() as session:
            one, three = (write_large_festival(session, market_day(), days) for days in (1, 3))
            token = _come_in(session)
            session.commit()
        client = app.test_client()
        client.set_cookie("tirgus", token)
        with app.app_context(), asked() as questions:
            page_s, page_kb, page_asked = opened(client, three, questions)
            first_s, first_asked = published(client, one, questions)
            seconds, count = published(client, three, questions)
    print(f"a festival of {STALLS} stalls on three days, on SQLite")
    print(f"  questions: one day {first_asked}, three days {count}, page by hand {page_asked}")
    return all(
        [
            verdict("publishing one day, s", first_s, first_s <= LONGEST_S),
            verdict("publishing three days, s", seconds, seconds <= LONGEST_S),
            verdict(
                "questions of three days to one",
                count / first_asked,
                count <= MOST_TIMES_ONE_DAY * first_asked,
            ),
            verdict("page by hand, s", page_s, page_s <= LONGEST_PAGE_S),
            verdict("page by hand, kB", page_kb, page_kb <= MOST_PAGE_KB),
        ]
    )


@contextmanager
def asked() -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    engine = database().engine
    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


def opened(
    client: FlaskClient, festival: LargeFestival, questions: list[str]
) -> tuple[float, float, int]:
    """Seconds, kB and questions of the page on which a plan is changed by hand."""
    questions.clear()
    began = perf_counter()
    answer = client.get(f"/lv/parvalde/plani/{festival.plan_id}/ar-roku")
    if answer.status_code != 200:
        raise RuntimeError(answer.status)
    return perf_counter() - began, len(answer.data) / 1000, len(questions)


def published(
    client: FlaskClient, festival: LargeFestival, questions: list[str]
) -> tuple[float, int]:
    """Seconds and questions of publishing a draft."""
    questions.clear()
    began = perf_counter()
    answer = client.post(
        f"/lv/parvalde/plani/{festival.plan_id}/publicet",
        data={"idempotency_key": uuid4().hex},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    if answer.status_code != 303:
        raise RuntimeError(answer.status)
    return perf_counter() - began, len(questions)


def _come_in(session: Session) -> str:
    """The token of an organiser's telephone."""
    person = Person(email="b@bench.example", name="B", role="organiser", made_at=moment())
    session.add(person)
    session.flush()
    token = remember_phone(session, way="code", device="", at=moment(), person_id=identity(person))
    mine = KnownPhone.token_digest == digest_of(token)
    session.exec(select(KnownPhone).where(mine)).one().confirmed_at = moment()
    return token


if __name__ == "__main__":
    main()
