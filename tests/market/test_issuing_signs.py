"""Every stall gets a sign, no code is used twice, and a retired one never again."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date
from random import Random

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session, select

from app.database import Database
from market.places.models import Stall
from market.signs import queries
from market.signs.codes import make_code, problem_of
from market.signs.models import Sign
from market.signs.queries import (
    issue_missing_signs,
    retire,
    sign_with_code,
    signs_of_stalls,
)

DAY = date(2026, 11, 24)


@pytest.fixture
def market(empty_market: Database) -> Database:
    """Three stalls without signs."""
    with empty_market.writing() as session:
        session.add_all([Stall(number=number) for number in ("A1", "A2", "A3")])
        session.commit()
    return empty_market


def stall_ids(market: Database) -> list[int]:
    with market.reading() as session:
        return [stall.id for stall in session.exec(select(Stall).order_by(Stall.number))]


def test_each_stall_gets_one_sign_and_only_one(market: Database) -> None:
    with market.writing() as session:
        issued = issue_missing_signs(session, DAY)
        session.commit()
        assert [(sign.stall_id, sign.issued_on) for sign in issued] == [
            (stall_id, DAY) for stall_id in stall_ids(market)
        ]
        assert not any(problem_of(sign.code) for sign in issued)
        assert issue_missing_signs(session, DAY) == []


def test_a_sign_is_found_by_its_code_however_it_is_typed(market: Database) -> None:
    with market.writing() as session:
        sign = issue_missing_signs(session, DAY)[0]
        typed = f" {sign.code[:2].lower()}-{sign.code[2:]} "
        assert sign_with_code(session, typed) is sign
        assert sign_with_code(session, sign.code[::-1]) is not sign
        assert sign_with_code(session, make_code(Random(7))) is None


@pytest.mark.parametrize("typed", ["", "22\x0022", "22222' OR 1=1", "ŽŽŽŽŽ", "2" * 10_000])
def test_what_is_no_code_finds_nothing(market: Database, typed: str) -> None:
    with market.reading() as session:
        assert sign_with_code(session, typed) is None


def test_a_retired_sign_is_known_but_not_in_use_and_its_stall_gets_a_new_one(
    market: Database,
) -> None:
    with market.writing() as session:
        old = issue_missing_signs(session, DAY, Random(1))[0]
        retire(session, old, DAY, {"lv": "Zīme pazuda vējā."})
        # The same chances again: every code comes up a second time and must be passed over.
        [new] = issue_missing_signs(session, DAY, Random(1))
        session.commit()
        assert new.stall_id == old.stall_id
        assert new.code != old.code
        assert signs_of_stalls(session, [old.stall_id]) == {old.stall_id: new}
        kept = sign_with_code(session, old.code)
        assert kept is not None
        assert (kept.retired_on, kept.retired_words) == (DAY, {"lv": "Zīme pazuda vējā."})


def test_the_schema_takes_no_code_twice(market: Database) -> None:
    with market.writing() as session:
        old = issue_missing_signs(session, DAY)[0]
        retire(session, old, DAY)
        session.add(Sign(code=old.code, stall_id=old.stall_id, issued_on=DAY))
        with pytest.raises(IntegrityError):
            session.flush()


def issue_at_once(market: Database) -> list[int]:
    """Two issue signs, the second while the first has not committed; how many each issued."""

    def issue(session: Session) -> int:
        return len(issue_missing_signs(session, DAY))

    def second() -> int:
        with market.writing() as session:
            count = issue(session)
            session.commit()
            return count

    with ThreadPoolExecutor() as others:
        with market.writing() as session:
            first = issue(session)
            waiting = others.submit(second)
            wait([waiting], timeout=0.5)
            session.commit()
        return [first, waiting.result(timeout=20)]


def test_two_who_issue_at_once_give_each_stall_one_sign(market: Database) -> None:
    assert issue_at_once(market) == [3, 0]


def test_twin_without_the_lock_stalls_would_get_two(
    market: Database, monkeypatch: pytest.MonkeyPatch, kind_of_database: str
) -> None:
    if kind_of_database == "sqlite":
        # There the second waits because a writing session is alone.
        monkeypatch.setattr(market, "writing", market.reading)
        with pytest.raises(OperationalError, match="locked"):
            issue_at_once(market)
        return
    unlocked = select(Stall.id).order_by(Stall.number)
    monkeypatch.setattr(
        queries, "_stalls_of_this_issuer", lambda session: list(session.exec(unlocked))
    )
    assert issue_at_once(market) == [3, 3]
