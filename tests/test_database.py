"""The version of what is public is raised by every change of it, and by nothing else."""

import sqlite3
import threading
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Executable, Table, event, insert, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from app.database import NOT_PUBLIC, Database, _raise_public_version
from app.schema import METADATA
from market.days.models import Notice
from market.evidence.queries import write_down
from market.evidence.tally import Opened
from market.places.models import Stall
from market.signs.models import Sign
from tests.conftest import Templates, _only_parishes

TODAY = date(2026, 11, 24)


def notice(text: str = "Šodien tirgus ir atvērts ilgāk.") -> Notice:
    return Notice(words={"lv": text}, first_day=TODAY, last_day=TODAY)


def raised_by(market: Database, change: Callable[[Session], object]) -> int:
    """By how much a change, when it is committed, raises the version."""
    before = market.public_version()
    with market.writing() as session:
        change(session)
        session.commit()
    return market.public_version() - before


def changes_of_no_row(table: Table) -> dict[str, Executable]:
    """Statements that change a table as a whole."""
    nothing = select(*table.columns).where(text("1 = 0"))
    return {
        "update": table.update().values({column: column for column in table.primary_key}),
        "delete": table.delete().where(text("1 = 0")),
        "insert": table.insert().from_select([c.name for c in table.columns], nothing),
    }


def test_every_public_table_raises_the_version_whatever_way_it_is_changed(empty_market):
    public = [table for table in METADATA.sorted_tables if table.name not in NOT_PUBLIC]
    raised = {
        (table.name, change): raised_by(empty_market, partial(Session.execute, statement=statement))
        for table in public
        for change, statement in changes_of_no_row(table).items()
    }
    assert len(public) > 15
    assert set(raised.values()) == {1}


def test_rows_and_texts_raise_it_too(empty_market):
    assert raised_by(empty_market, lambda session: session.add(notice())) == 1
    assert raised_by(empty_market, change_words) == 1
    assert raised_by(empty_market, lambda s: s.bulk_save_objects([notice(), notice()])) == 1
    assert raised_by(empty_market, lambda s: s.execute(insert(Notice), [dict_of(notice())])) == 1
    assert raised_by(empty_market, lambda s: s.execute(text("UPDATE notice SET link = NULL"))) == 1
    assert raised_by(empty_market, lambda s: s.delete(s.exec(select(Notice)).first())) == 1


def change_words(session: Session) -> None:
    session.exec(select(Notice)).one().words = {"lv": "Rīt tirgus ir slēgts."}


def dict_of(row: Notice) -> dict[str, object]:
    return row.model_dump(exclude={"id"})


def test_reading_and_counting_openings_raise_nothing(empty_market):
    with empty_market.writing() as session:
        stall = Stall(number="1")
        session.add(stall)
        session.flush()
        session.add(Sign(code="22222", stall_id=stall.id, issued_on=TODAY))
        session.commit()
        sign = session.exec(select(Sign.id)).one()
    counts = {Opened(sign, TODAY, 10, "lv"): 3}
    assert raised_by(empty_market, lambda session: write_down(session, counts)) == 0
    assert raised_by(empty_market, lambda session: session.exec(select(Stall)).all()) == 0


def test_what_is_rolled_back_raises_nothing_not_even_later(empty_market):
    before = empty_market.public_version()
    with empty_market.writing() as session:
        session.add(notice())
        session.flush()
        session.rollback()
        session.exec(select(Notice)).all()
        session.commit()
    with empty_market.writing() as session:
        session.add(notice())
        session.flush()
    assert raised_by(empty_market, lambda session: session.exec(select(Notice)).all()) == 0
    assert empty_market.public_version() == before


def test_without_the_rule_the_version_would_stay(empty_market):
    """The twin: the checks above see a product that forgets to raise the version."""
    event.remove(empty_market.engine, "commit", _raise_public_version)
    assert raised_by(empty_market, lambda session: session.add(notice())) == 0


@pytest.fixture
def postgresql_market(templates: Templates):
    found = Database(templates.copy("postgresql", "empty", _only_parishes))
    yield found
    found.engine.dispose()


RAISE = text("UPDATE public_version SET number = number + 1")
CHANGE = text("UPDATE notice SET link = '/lv/' WHERE id = :row")


def write_crosswise(market: Database, version_first: bool = False) -> list[type[Exception]]:
    """The first writer also wants the row of the second, who is about to finish."""
    with market.writing() as session:
        notices = [notice("viens"), notice("divi")]
        session.add_all(notices)
        session.commit()
        one, two = (row.id for row in notices)
    errors: list[type[Exception]] = []
    both_hold_their_rows = threading.Barrier(2)

    def first(session: Session) -> None:
        session.execute(CHANGE, {"row": one})
        if version_first:
            session.execute(RAISE)
        both_hold_their_rows.wait(10)
        session.execute(CHANGE, {"row": two})

    def second(session: Session) -> None:
        session.execute(CHANGE, {"row": two})
        both_hold_their_rows.wait(10)
        if version_first:
            session.execute(RAISE)

    def write(change: Callable[[Session], None]) -> None:
        try:
            with market.writing() as session:
                change(session)
                session.commit()
        except Exception as error:
            errors.append(type(error))

    threads = [threading.Thread(target=write, args=(change,)) for change in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return errors


def test_two_writers_do_not_wait_for_each_other_for_ever(postgresql_market):
    assert write_crosswise(postgresql_market) == []


def test_two_writers_would_if_the_version_were_raised_before_the_last_change(postgresql_market):
    """The twin: PostgreSQL notices the deadlock and ends one of the two."""
    assert write_crosswise(postgresql_market, version_first=True) == [OperationalError]


@pytest.fixture
def sqlite_market(templates: Templates):
    found = Database(templates.copy("sqlite", "empty", _only_parishes))
    yield found
    found.engine.dispose()


def count_together(session_of: Callable[[], Session], times: int = 20) -> int:
    """Four writers read a number and write the next one; returns how many said it is done."""
    done = []

    def count() -> None:
        for _ in range(times):
            try:
                with session_of() as session:
                    row = session.exec(select(Notice)).one()
                    row.words = {"lv": str(int(row.words["lv"]) + 1)}
                    session.commit()
                done.append(1)
            except OperationalError:
                pass

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(done)


def test_writers_of_sqlite_wait_their_turn(sqlite_market):
    with sqlite_market.writing() as session:
        session.add(notice("0"))
        session.commit()
    done = count_together(sqlite_market.writing)
    with sqlite_market.reading() as session:
        counted = int(session.exec(select(Notice)).one().words["lv"])
    assert (counted, done) == (80, 80)


def test_twin_a_session_that_only_read_at_first_is_refused(sqlite_market):
    """What the waiting above relies on: without `writing`, the second of two writers fails."""
    with sqlite_market.writing() as session:
        session.add(notice("0"))
        session.commit()
    with sqlite_market.reading() as first, sqlite_market.reading() as second:
        seen, seen_too = first.exec(select(Notice)).one(), second.exec(select(Notice)).one()
        seen.words = {"lv": "1"}
        first.commit()
        seen_too.words = {"lv": "1"}
        with pytest.raises(OperationalError):
            second.commit()


def test_a_market_that_is_gone_does_not_turn_into_an_empty_one(tmp_path: Path):
    gone = Database(f"sqlite:///{tmp_path / 'gone.sqlite'}")
    assert not gone.answers()
    with pytest.raises(sqlite3.OperationalError):
        gone.public_version()
    assert list(tmp_path.iterdir()) == []


def test_a_file_put_in_the_place_of_another_is_noticed(sqlite_market):
    with sqlite_market.writing() as session:
        session.add(notice())
        session.commit()
    version = sqlite_market.public_version()
    copy = sqlite_market.file.with_suffix(".copy")
    with sqlite_market.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql(f"VACUUM INTO '{copy}'")
        connection.exec_driver_sql("BEGIN")
    assert raised_by(sqlite_market, lambda session: session.add(notice())) == 1
    for ending in ("-wal", "-shm"):
        Path(f"{sqlite_market.file}{ending}").unlink()
    copy.replace(sqlite_market.file)
    with pytest.raises(ConnectionError):
        sqlite_market.public_version()
    assert sqlite_market.public_version() == version
