"""The page of a sign against a bare Flask constant of the same size, in one run.

Both are served by the same gunicorn with the same settings, one worker on one core; visitors
come from another process. Rounds alternate, so that what disturbs the machine disturbs both.
100 different signs are asked for, and every opening is counted. The clock stands at ten on a market
day, so the time that making all 100 pages anew takes each minute is taken off afterwards.
"""

import json
import tempfile
import time as stopwatch
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from flask import Flask

from app import create_app
from app.config import Settings
from bench.load import requests_a_second
from bench.markets import codes, make_market, market_day
from bench.servers import (
    VISITOR_CORE,
    core,
    fetch,
    free_port,
    service_settings,
    serving,
    verdict,
)

VENDORS = (100, 1_000, 10_000)
SIGNS = 100
ROUNDS = 5
ROUND_S = 3
LEAST_RATIO = 0.7
MOST_GROWTH = 2.0
MINUTE_MS = 60_000
SERVERS_OWN = ("server", "date", "connection", "content-length")


@dataclass(frozen=True)
class Measured:
    """Requests a second of both, and the milliseconds of making a page anew."""

    vendors: int
    bare: float
    kept: float
    made_ms: float

    @property
    def sign(self) -> float:
        """Requests a second when each page is made anew once a minute."""
        return self.kept * (1 - SIGNS * self.made_ms / MINUTE_MS)

    @property
    def ratio(self) -> float:
        """The sign's page as a part of the constant."""
        return self.sign / self.bare


def measure(vendors: int) -> Measured:
    """Measure a market of so many vendors."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        address = make_market(folder, vendors, market_day())
        paths = [f"/S/{code}" for code in codes(address, SIGNS)]
        made = making_ms(address, folder, paths)
        bare, sign = rounds(address, folder, paths)
    return Measured(vendors, median(bare), median(sign), made)


def rounds(address: str, folder: Path, paths: list[str]) -> tuple[list[float], list[float]]:
    """Requests a second of the constant and of the signs, round by round."""
    sign_port, bare_port = free_port(), free_port()
    settings = service_settings(address, folder, sign_port)
    with serving(["-m", "flask", "serve"], sign_port, **settings):
        sizes = {path: fetch(sign_port, path) for path in paths}
        headers, body = sorted(sizes.values(), key=lambda page: len(page[1]))[len(sizes) // 2]
        own = [(n, v) for n, v in headers.items() if n.lower() not in SERVERS_OWN]
        (folder / "headers").write_text(json.dumps(own))
        (folder / "body").write_bytes(body)
        with serving(["-m", "bench.bare", str(bare_port), str(folder)], bare_port):
            found: tuple[list[float], list[float]] = ([], [])
            visitors = core(VISITOR_CORE)
            for _ in range(ROUNDS):
                found[0].append(requests_a_second(bare_port, ["/"], ROUND_S, visitors))
                found[1].append(requests_a_second(sign_port, paths, ROUND_S, visitors))
    return found


def making_ms(address: str, folder: Path, paths: list[str]) -> float:
    """The median time of making a page that is not kept, in milliseconds."""
    now = f"{market_day().isoformat()}T10:00"
    app = create_app(Settings(_env_file=None, database_url=address, data_dir=folder, now=now))
    app.wsgi_app = Flask.wsgi_app.__get__(app)  # type: ignore[method-assign]
    client = app.test_client()
    client.get(paths[0])
    times = []
    for path in paths:
        began = stopwatch.perf_counter()
        client.get(path)
        times.append(stopwatch.perf_counter() - began)
    app.extensions["database"].engine.dispose()
    return median(times) * 1000


def main() -> bool:
    """Print the table; whether promise 12 is kept."""
    print("vendors   constant/s   sign/s   ratio   made anew")
    measured = []
    for vendors in VENDORS:
        one = measure(vendors)
        measured.append(one)
        print(
            f"{vendors:7,}   {one.bare:10,.0f}   {one.sign:6,.0f}   {one.ratio:5.2f}"
            f"   {one.made_ms:6.1f} ms",
            flush=True,
        )
    least = min(one.ratio for one in measured)
    kept = measured[0].sign / measured[-1].sign
    made = measured[-1].made_ms / measured[0].made_ms
    return all(
        [
            verdict(f"ratio at least {LEAST_RATIO}", least, least >= LEAST_RATIO),
            verdict("a kept page takes at most twice as long", kept, kept <= MOST_GROWTH),
            verdict("a page made anew takes at most twice as long", made, made <= MOST_GROWTH),
        ]
    )
