"""Eight vendors tap prices while workers of a real server are killed; then the books are compared.

A tap that was acknowledged must stand in the database once, and so must its value; one that was
not acknowledged is sent again with the same key until it is. `python -m tests.killed_writers 200`
kills two hundred times.
"""

import os
import signal
import sys
import tempfile
import time as stopwatch
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from threading import Event, Thread
from urllib.parse import urlencode
from uuid import uuid4

from sqlmodel import col, func, select

from app.accounts import remember_phone
from app.clock import RIGA
from app.database import Database
from app.records import Change
from tests.real_server import NOW, RealServer, real_server
from vendors.fields import identity
from vendors.listings.models import Good
from vendors.registry.models import Vendor

WRITERS = 8
BACK_WITHIN_S = 5.0
PAUSE_S = (0.05, 0.6)
ENOUGH = 24
"""Taps acknowledged before the books are compared, also on a busy machine."""


@dataclass
class Writer:
    """One vendor at the telephone: which good, and what was acknowledged by key."""

    good_id: int
    token: str
    first_price: int
    acknowledged: dict[str, int] = field(default_factory=dict)
    refused: list[int] = field(default_factory=list)

    def write(self, port: int, ended: Event) -> None:
        """Tap one price after another, each until it is acknowledged."""
        price, seen = self.first_price, self.first_price
        while not ended.is_set():
            price += 1
            typed = {"cents": price, "was": seen, "idempotency_key": uuid4().hex}
            while (status := self._send(port, typed)) == 0 or status >= 500:
                stopwatch.sleep(0.05)
            if status != 303:
                self.refused.append(status)
                return
            self.acknowledged[str(typed["idempotency_key"])] = price
            seen = price

    def _send(self, port: int, typed: dict[str, object]) -> int:
        """The status of the answer, 0 when there was none."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"__Host-tirgus={self.token}",
            "Sec-Fetch-Site": "same-origin",
        }
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            address = f"/lv/mans/sodien/prece/{self.good_id}/cena"
            connection.request("POST", address, urlencode(typed), headers)
            return connection.getresponse().status
        except (OSError, HTTPException):
            return 0
        finally:
            connection.close()


@dataclass(frozen=True)
class Balance:
    """What came of it: numbers of taps, and how soon the service was back."""

    acknowledged: int
    lost: int
    done_twice: int
    wrong_values: int
    refused: int
    back_after_s: float


def writers_of(market: Database) -> list[Writer]:
    """Eight vendors with a known telephone and a good that has a price."""
    at = datetime.fromisoformat(NOW).replace(tzinfo=RIGA)
    found: list[Writer] = []
    with market.writing() as session:
        goods = session.exec(
            select(Good)
            .join(Vendor, col(Vendor.id) == Good.vendor_id)
            .where(col(Good.price_cents).is_not(None), Vendor.state == "approved")
            .order_by(col(Good.id))
        ).all()
        first = {good.vendor_id: good for good in reversed(goods)}
        for vendor_id, good in list(first.items())[:WRITERS]:
            token = remember_phone(session, way="code", device="", at=at, vendor_id=vendor_id)
            found.append(Writer(identity(good), token, good.price_cents or 0))
        session.commit()
    return found


def kill_and_compare(
    address: str, folder: Path, kills: int, breakage: str = "", seed: int = 1948
) -> Balance:
    """Let vendors write while workers are killed so many times, and compare the books."""
    market, chance, ended = Database(address), Random(seed), Event()
    writers = writers_of(market)
    with real_server(address, folder, breakage) as server:
        threads = [
            Thread(target=writer.write, args=(server.port, ended), daemon=True)
            for writer in writers
        ]
        for thread in threads:
            thread.start()
        for _ in range(kills):
            stopwatch.sleep(chance.uniform(*PAUSE_S))
            workers = _workers(server)
            for victim in workers if chance.random() < 0.3 else workers[:1]:
                with suppress(ProcessLookupError):
                    os.kill(victim, signal.SIGKILL)
        back_after_s = _until_somebody_is_heard(writers)
        began = stopwatch.monotonic()
        while _heard(writers) < ENOUGH and stopwatch.monotonic() - began < 30:
            stopwatch.sleep(0.02)
        ended.set()
        for thread in threads:
            thread.join(30)
    balance = _balance(market, writers, back_after_s)
    market.engine.dispose()
    return balance


def _until_somebody_is_heard(writers: list[Writer]) -> float:
    """Seconds from the last kill to the next tap that is acknowledged, at most thirty."""
    before, began = _heard(writers), stopwatch.monotonic()
    while _heard(writers) == before and stopwatch.monotonic() - began < 30:
        stopwatch.sleep(0.02)
    return stopwatch.monotonic() - began


def _heard(writers: list[Writer]) -> int:
    return sum(len(writer.acknowledged) for writer in writers)


def _workers(server: RealServer) -> list[int]:
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    return [int(number) for number in children.read_text().split()]


def _balance(market: Database, writers: list[Writer], back_after_s: float) -> Balance:
    with market.reading() as session:
        counted = dict(
            session.exec(select(Change.batch, func.count()).group_by(col(Change.batch))).all()
        )
        prices = {good.id: good.price_cents for good in session.exec(select(Good)).all()}
    keys = [key for writer in writers for key in writer.acknowledged]
    last = {
        writer.good_id: list(writer.acknowledged.values())[-1]
        for writer in writers
        if writer.acknowledged
    }
    return Balance(
        acknowledged=len(keys),
        lost=sum(counted.get(key, 0) == 0 for key in keys),
        done_twice=sum(counted.get(key, 0) > 1 for key in keys),
        wrong_values=sum(prices[good_id] != price for good_id, price in last.items()),
        refused=sum(len(writer.refused) for writer in writers),
        back_after_s=back_after_s,
    )


def main(kills: int) -> None:
    """Print the balance of so many kills on SQLite."""
    from app.demo import TEST_TODAY, write_demonstration
    from app.schema import upgrade
    from market.places.queries import write_parishes

    with tempfile.TemporaryDirectory() as name:
        address = f"sqlite:///{name}/market.sqlite"
        upgrade(address)
        market = Database(address)
        with market.writing() as session:
            write_parishes(session)
            write_demonstration(session, TEST_TODAY)
            session.commit()
        market.engine.dispose()
        print(kill_and_compare(address, Path(name), kills))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
