"""The tournament: sixteen organisers at once want the same stall, round after round.

Over HTTP against the served application: a mix of putting, moving and swapping. In each round
exactly one wins, the others read 409 and who has the stall, and nobody reads 500.
`python -m tests.tournament 200` plays two hundred rounds on SQLite and on PostgreSQL.
"""

import json
import sys
import tempfile
import time as stopwatch
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from threading import Barrier, local
from urllib.parse import urlencode
from uuid import uuid4

from sqlmodel import Session, col, select

from app.accounts import digest_of, remember_phone
from app.clock import RIGA
from app.database import Database
from market.days.models import Placement
from market.places.models import Stall, StallOnPlan, Zone
from tests.real_server import NOW, real_server
from vendors.fields import identity
from vendors.keys.models import KnownPhone, Person
from vendors.registry.models import Vendor

PLAYERS = 16
FIRST_DAY = date(2027, 2, 2)
LOG_SHOWN = 20_000
"""So many characters of the server's log are shown when something was wrong."""
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Order:
    """One form of a round: where it goes and what it holds."""

    path: str
    fields: dict[str, str]


@dataclass
class Result:
    """What came of the tournament: answers by status, rounds by what was wrong with them."""

    rounds: int = 0
    answers: Counter[int] = field(default_factory=Counter)
    without_one_winner: int = 0
    told_wrongly: int = 0
    doubles: int = 0
    lost_vendors: int = 0
    seconds: float = 0.0

    @property
    def faults(self) -> int:
        """Everything that must not be."""
        broken = sum(number for status, number in self.answers.items() if status not in (200, 409))
        return (
            broken + self.without_one_winner + self.told_wrongly + self.doubles + self.lost_vendors
        )


class Player:
    """An organiser in a browser of their own, with a connection that is kept."""

    def __init__(self, port: int, token: str) -> None:
        self._port, self._token, self._kept = port, token, local()

    def send(self, order: Order) -> tuple[int, str]:
        """Send a form; the status (0 for no answer) and what was said."""
        headers = {
            "Content-Type": FORM,
            "Accept": "application/json",
            "Cookie": f"__Host-tirgus={self._token}",
            "Sec-Fetch-Site": "same-origin",
        }
        body = urlencode({**order.fields, "idempotency_key": uuid4().hex})
        connection = HTTPConnection("127.0.0.1", self._port, timeout=30)
        try:
            connection.request("POST", order.path, body, headers)
            answer = connection.getresponse()
            told = json.loads(answer.read() or b"{}")
            return answer.status, told.get("said") or told.get("title") or ""
        except (OSError, HTTPException, ValueError):
            return 0, ""
        finally:
            connection.close()


class Tournament:
    """The players, and stalls and vendors of the market's own site."""

    def __init__(self, market: Database, port: int, seed: int = 1948) -> None:
        self.market, self.chance = market, Random(seed)
        self.result, self.played = Result(), 0
        with market.writing() as session:
            self.players = [Player(port, token) for token in _come_in(session)]
            self.stalls = _stalls(session)
            vendors = session.exec(
                select(Vendor).where(Vendor.state == "approved").order_by(col(Vendor.id))
            ).all()
            self.vendors = [(identity(one), one.slug, one.name) for one in vendors]
            session.commit()
        self._pool = ThreadPoolExecutor(PLAYERS)

    def play_rounds(self, rounds: int) -> Result:
        """So many rounds, on days that nobody has played on yet, and what came of them alone."""
        self.result = Result()
        began = stopwatch.monotonic()
        for number in range(self.played, self.played + rounds):
            self._play(number)
        self.played += rounds
        self.result.seconds = round(stopwatch.monotonic() - began, 1)
        return self.result

    def _play(self, number: int) -> None:
        """One round on a day of its own: everybody wants the same stall."""
        day = FIRST_DAY + timedelta(days=number)
        wanted, *others = self.chance.sample(self.stalls, PLAYERS + 1)
        vendors = self.chance.sample(self.vendors, PLAYERS)
        kinds = self._kinds()
        placed = self._set_up(day, wanted, others, vendors, kinds)
        orders = [
            _order(day, wanted, vendor, kind, placed)
            for vendor, kind in zip(vendors, kinds, strict=True)
        ]
        answers = self._all_at_once(orders)
        self._judge(day, wanted, vendors, answers, with_swap="swap" in kinds)

    def _kinds(self) -> list[str]:
        """Most rounds mix putting and moving; every fourth is a round of swaps alone."""
        if self.chance.random() < 0.25:
            return ["swap"] * PLAYERS
        return [self.chance.choice(("put", "move")) for _ in range(PLAYERS)]

    def _set_up(
        self,
        day: date,
        wanted: tuple[int, str],
        others: Sequence[tuple[int, str]],
        vendors: Sequence[tuple[int, str, str]],
        kinds: Sequence[str],
    ) -> dict[int, int]:
        """Put on other stalls whoever will move or swap; placements by vendor id."""
        with self.market.writing() as session:
            rows = [
                Placement(day=day, stall_id=stall[0], vendor_id=vendor[0])
                for stall, vendor, kind in zip(others, vendors, kinds, strict=True)
                if kind != "put"
            ]
            if "swap" in kinds:
                holder = next(one for one in self.vendors if one not in vendors)
                rows.append(Placement(day=day, stall_id=wanted[0], vendor_id=holder[0]))
            session.add_all(rows)
            session.flush()
            placed = {row.vendor_id: identity(row) for row in rows}
            placed[0] = next((identity(row) for row in rows if row.stall_id == wanted[0]), 0)
            session.commit()
        return placed

    def _all_at_once(self, orders: Sequence[Order]) -> list[tuple[int, str]]:
        gate = Barrier(len(orders))

        def run(player: Player, order: Order) -> tuple[int, str]:
            gate.wait()
            return player.send(order)

        return list(self._pool.map(run, self.players, orders))

    def _judge(
        self,
        day: date,
        wanted: tuple[int, str],
        vendors: Sequence[tuple[int, str, str]],
        answers: Sequence[tuple[int, str]],
        *,
        with_swap: bool,
    ) -> None:
        result = self.result
        result.rounds += 1
        result.answers.update(status for status, _said in answers)
        winners = [
            vendor for vendor, (status, _) in zip(vendors, answers, strict=True) if status == 200
        ]
        holders = self._holders(day)
        on_it = [vendor_id for stall_id, vendor_id in holders if stall_id == wanted[0]]
        result.doubles += sum(
            number > 1 for number in Counter(stall for stall, _vendor in holders).values()
        )
        if len(winners) != 1 or on_it != [winners[0][0]]:
            result.without_one_winner += 1
            return
        name = winners[0][2]
        losers = [said for status, said in answers if status == 409]
        # A placement that was swapped away is gone: then that is said instead.
        result.told_wrongly += sum(name not in said for said in losers if wanted[1] in said)
        result.told_wrongly += any(wanted[1] not in said for said in losers) and not with_swap
        standing = {vendor_id for _stall, vendor_id in holders}
        result.lost_vendors += with_swap and len(standing) != PLAYERS + 1

    def _holders(self, day: date) -> list[tuple[int, int]]:
        with self.market.reading() as session:
            rows = session.exec(
                select(Placement.stall_id, Placement.vendor_id).where(Placement.day == day)
            )
            return list(rows.all())


def _order(
    day: date,
    wanted: tuple[int, str],
    vendor: tuple[int, str, str],
    kind: str,
    placed: dict[int, int],
) -> Order:
    place = f"{day.isoformat()}.{wanted[1]}"
    if kind == "put":
        return Order("/lv/parvalde/vietas/ielikt", {"uz": place, "tirgotajs": vendor[1]})
    fields = {"uz": place, "placement": str(placed[vendor[0]])}
    if kind == "move":
        return Order("/lv/parvalde/vietas/parcelt", fields)
    return Order("/lv/parvalde/vietas/mainit", {**fields, "uz": f"{place}.{placed[0]}"})


def _come_in(session: Session) -> list[str]:
    at = datetime.fromisoformat(NOW).replace(tzinfo=RIGA)
    tokens = []
    for number in range(PLAYERS):
        person = Person(
            email=f"o{number}@tournament.example", name=f"O {number}", role="organiser", made_at=at
        )
        session.add(person)
        session.flush()
        token = remember_phone(session, way="code", device="", at=at, person_id=identity(person))
        mine = KnownPhone.token_digest == digest_of(token)
        session.exec(select(KnownPhone).where(mine)).one().confirmed_at = at
        tokens.append(token)
    return tokens


def _stalls(session: Session) -> list[tuple[int, str]]:
    rows = session.exec(
        select(Stall)
        .join(StallOnPlan, col(StallOnPlan.stall_id) == Stall.id)
        .join(Zone, col(Zone.id) == StallOnPlan.zone_id)
        .where(Zone.code != "R")
        .order_by(col(Stall.id))
    ).all()
    return [(identity(one), one.number) for one in rows]


@contextmanager
def tournament(address: str, folder: Path, breakage: str = "") -> Iterator[Tournament]:
    """Players before the service on a database; `breakage` spoils the product first."""
    market = Database(address)
    _clear(market)
    with real_server(address, folder, breakage) as server:
        yield Tournament(market, server.port)
    market.engine.dispose()


def play(address: str, folder: Path, rounds: int) -> Result:
    """So many rounds against the service on a database."""
    with tournament(address, folder) as found:
        return found.play_rounds(rounds)


def _clear(market: Database) -> None:
    """The days of the tournament belong to nobody."""
    with market.writing() as session:
        for row in session.exec(select(Placement).where(Placement.day >= FIRST_DAY)):
            session.delete(row)
        session.commit()


def main(rounds: int) -> None:
    """Print the results on both databases."""
    import psycopg

    from app.demo import TEST_TODAY, write_demonstration
    from app.schema import upgrade
    from market.places.queries import write_parishes
    from tests.conftest import start_postgresql

    server = start_postgresql()
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE tournament")
    on_server = server.get_uri().replace("/postgres?", "/tournament?")
    for kind in ("sqlite", "postgresql"):
        with tempfile.TemporaryDirectory() as name:
            address = (
                f"sqlite:///{name}/market.sqlite"
                if kind == "sqlite"
                else on_server.replace("postgresql://", "postgresql+psycopg://")
            )
            upgrade(address)
            market = Database(address)
            with market.writing() as session:
                write_parishes(session)
                write_demonstration(session, TEST_TODAY)
                session.commit()
            market.engine.dispose()
            result = play(address, Path(name), rounds)
            print(kind, result, f"faults: {result.faults}", flush=True)
            if result.faults:
                print((Path(name) / "server.log").read_text()[-LOG_SHOWN:], flush=True)
    server.cleanup()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
