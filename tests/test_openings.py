"""Openings of signs: each is counted, many are written at once, and nobody is known."""

import threading
import time as stopwatch
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime
from http.client import HTTPConnection
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlmodel import select

from app.database import Database
from app.openings import Openings
from market.evidence.models import Opening
from market.evidence.tally import Opened, Tally
from market.places.models import Stall
from market.signs.codes import make_code
from market.signs.models import Sign
from tests.real_server import real_server

NOW = datetime(2026, 11, 24, 10, 0)


def put_up_signs(market: Database, number: int) -> list[str]:
    """Stalls with a sign each; returns the codes."""
    with market.writing() as session:
        for place in range(1, number + 1):
            stall = Stall(number=str(place))
            session.add(stall)
            session.flush()
            session.add(Sign(code=make_code(), stall_id=stall.id, issued_on=NOW.date()))
        session.commit()
        return list(session.exec(select(Sign.code).order_by(Sign.id)))


def written(market: Database) -> Counter[tuple[str, date, int, str]]:
    """What is written down, by code, day, hour and language."""
    with market.reading() as session:
        rows = session.exec(select(Sign.code, Opening).join(Opening, Opening.sign_id == Sign.id))
        return Counter({(c, o.day, o.hour, o.language): o.openings for c, o in rows})


def address(code: str, language: str) -> str:
    return f"/S/{code}" if language == "lv" else f"/{language}/S/{code}"


def test_an_opening_is_counted_for_each_page_that_is_seen(empty_app):
    market = empty_app.extensions["database"]
    [code] = put_up_signs(market, 1)
    client = empty_app.test_client()
    etag = client.get(address(code, "lv")).headers["ETag"]
    client.get(address(code, "lv"))
    client.get(address(code.lower(), "lv"))
    client.get(address(code, "lv"), headers={"If-None-Match": etag})
    client.get(address(code, "en"))
    client.head(address(code, "en"))
    client.get(address("22222", "lv"))
    client.get("/lv/")
    empty_app.extensions["openings"].write()
    assert written(market) == {
        (code, NOW.date(), 10, "lv"): 4,
        (code, NOW.date(), 10, "en"): 1,
    }


def test_the_hour_is_the_hour_of_the_place(empty_market):
    put_up_signs(empty_market, 1)
    moment = [datetime(2026, 11, 24, 23, 59)]
    openings = Openings(empty_market, lambda: moment[0])
    openings.count(1, "lv")
    moment[0] = datetime(2026, 11, 25, 0, 0)
    openings.count(1, "lv")
    openings.stop()
    with empty_market.reading() as session:
        rows = session.exec(select(Opening.day, Opening.hour).order_by(Opening.day)).all()
    assert rows == [(date(2026, 11, 24), 23), (date(2026, 11, 25), 0)]


def test_nothing_but_four_numbers_is_kept():
    assert list(Opening.model_fields) == ["sign_id", "day", "hour", "language", "openings"]


def test_a_thousand_openings_are_one_write(empty_market):
    put_up_signs(empty_market, 1)
    commits = []
    event.listen(empty_market.engine, "commit", lambda _connection: commits.append(1))
    openings = Openings(empty_market, lambda: NOW, every_s=0.5)
    began = stopwatch.monotonic()
    for _ in range(1000):
        openings.count(1, "lv")
    openings.stop()
    assert len(commits) <= 1 + (stopwatch.monotonic() - began) / 0.5
    assert sum(written(empty_market).values()) == 1000


def count_from_many_threads(tally: Tally, taken: Counter[Opened]) -> None:
    opened = Opened(1, NOW.date(), 10, "lv")
    stop = threading.Event()

    def take() -> None:
        while not stop.is_set():
            taken.update(tally.take())
            stopwatch.sleep(0.001)

    taker = threading.Thread(target=take)
    taker.start()
    with ThreadPoolExecutor(4) as threads:
        for _ in range(4):
            threads.submit(lambda: [tally.add(opened) for _ in range(500)])
    stop.set()
    taker.join()
    taken.update(tally.take())


def test_no_opening_is_lost_between_threads():
    taken: Counter[Opened] = Counter()
    count_from_many_threads(Tally(), taken)
    assert taken.total() == 2000


class CarelessTally(Tally):
    """Adds and takes without the lock."""

    def add(self, opened: Opened, times: int = 1) -> None:
        counted = self._counts[opened]
        stopwatch.sleep(0)
        self._counts[opened] = counted + times


def test_openings_would_be_lost_without_the_lock():
    taken: Counter[Opened] = Counter()
    count_from_many_threads(CarelessTally(), taken)
    assert taken.total() != 2000


@contextmanager
def locked(market: Database) -> Iterator[None]:
    """Somebody holds what the openings want to write."""
    with market.writing() as session:
        session.execute(text("DELETE FROM opening"))
        yield
        session.rollback()


@contextmanager
def gone(market: Database) -> Iterator[None]:
    """The table is away for a while."""
    with market.engine.begin() as connection:
        connection.execute(text("ALTER TABLE opening RENAME TO away"))
    yield
    with market.engine.begin() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO opening"))


def test_what_cannot_be_written_waits(empty_market):
    [code] = put_up_signs(empty_market, 1)
    openings = Openings(empty_market, lambda: NOW, every_s=0.1)
    with gone(empty_market):
        openings.count(1, "lv")
        stopwatch.sleep(0.5)
        openings.count(1, "lv")
        assert not openings.write()
        assert openings.waiting() == 2
    openings.stop()
    assert written(empty_market) == {(code, NOW.date(), 10, "lv"): 2}


def test_what_cannot_be_written_would_be_lost_if_it_were_not_put_back(empty_market, monkeypatch):
    put_up_signs(empty_market, 1)
    monkeypatch.setattr(Tally, "put_back", lambda _self, _taken: None)
    openings = Openings(empty_market, lambda: NOW)
    with gone(empty_market):
        openings.count(1, "lv")
        openings.write()
    openings.stop()
    assert written(empty_market) == {}


def test_counting_waits_for_nobody(empty_market):
    [code] = put_up_signs(empty_market, 1)
    openings = Openings(empty_market, lambda: NOW, every_s=0.05)
    with locked(empty_market):
        openings.count(1, "lv")
        stopwatch.sleep(0.3)
        began = stopwatch.monotonic()
        for _ in range(100):
            openings.count(1, "lv")
        assert stopwatch.monotonic() - began < 0.5
    openings.stop()
    assert written(empty_market) == {(code, NOW.date(), 10, "lv"): 101}


def test_a_sign_that_is_no_more_holds_up_no_other(empty_market):
    [code] = put_up_signs(empty_market, 1)
    openings = Openings(empty_market, lambda: NOW)
    openings.count(4711, "lv")
    openings.count(1, "lv")
    openings.stop()
    assert written(empty_market) == {(code, NOW.date(), 10, "lv"): 1}
    assert openings.waiting() == 0


# The real server, stopped while it still has openings in memory.


def visit(port: int, visits: list[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """Open signs one after the other on one connection; returns those that were answered."""
    seen: Counter[tuple[str, str]] = Counter()
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    for code, language in visits:
        connection.request("GET", address(code, language))
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200
        assert answer.headers["Set-Cookie"] is None
        seen[code, language] += 1
    connection.close()
    return seen


def visit_together(port: int, codes: list[str]) -> Counter[tuple[str, str]]:
    """500 visits of five visitors at once, in two languages."""
    plans = [
        [(codes[(turn * 7 + one) % len(codes)], "en" if turn % 3 else "lv") for turn in range(100)]
        for one in range(5)
    ]
    with ThreadPoolExecutor(5) as visitors:
        return sum(visitors.map(lambda plan: visit(port, plan), plans), Counter())


def everything_is_written(market: Database, database: str, folder: Path, breakage: str) -> bool:
    """Whether all that was seen is written down after the server was stopped."""
    codes = put_up_signs(market, 10)
    with real_server(database, folder, breakage) as server:
        seen = visit_together(server.port, codes)
        server.stop()
    assert seen.total() == 500
    return written(market) == {
        (code, NOW.date(), 10, language): times for (code, language), times in seen.items()
    }


ONLY_AT_THE_END = "import app.openings as o; o.Openings._go_on = lambda self: None"
NOT_AT_THE_END = f"{ONLY_AT_THE_END}; o.Openings.stop = lambda self: None"


@pytest.mark.parametrize(
    ("breakage", "all_written"), [("", True), (ONLY_AT_THE_END, True), (NOT_AT_THE_END, False)]
)
def test_after_a_normal_stop_every_opening_is_written(
    empty_address, empty_market, tmp_path, breakage, all_written
):
    """The last case is the twin: a server that forgets to write when it stops."""
    written = everything_is_written(empty_market, empty_address, tmp_path, breakage)
    assert written is all_written
    log = (tmp_path / "server.log").read_text()
    assert "127.0.0.1" not in log
    assert "/S/" not in log
