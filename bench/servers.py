"""Servers of one worker on one core, as processes of their own."""

import os
import shutil
import socket
import subprocess
import sys
import time as stopwatch
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path

from bench.markets import market_day

SERVER_CORE, VISITOR_CORE = 0, 1


def core(number: int) -> list[str]:
    """The words before a command that hold it on one core, where there is more than one."""
    pinned = shutil.which("taskset") and (os.cpu_count() or 1) > 1
    return ["taskset", "-c", str(number)] if pinned else []


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])


@contextmanager
def serving(command: list[str], port: int, **settings: str) -> Iterator[None]:
    """Run a server until the block ends; raises RuntimeError when it does not start."""
    process = subprocess.Popen(
        [*core(SERVER_CORE), sys.executable, *command],
        env={**os.environ, **settings},
        stdout=subprocess.DEVNULL,
    )
    try:
        for _ in range(600):
            with socket.socket() as asking:
                if asking.connect_ex(("127.0.0.1", port)) == 0:
                    break
            stopwatch.sleep(0.1)
        else:
            raise RuntimeError("the server did not start")
        yield
    finally:
        process.terminate()
        process.wait(60)


def service_settings(address: str, folder: Path, port: int) -> dict[str, str]:
    """The environment of `flask serve` on a market day at ten, when most is on the pages."""
    return {
        "DATABASE_URL": address,
        "DATA_DIR": str(folder),
        "PORT": str(port),
        "WORKERS": "1",
        "NOW": f"{market_day().isoformat()}T10:00",
    }


def verdict(promise: str, value: float, holds: bool) -> bool:
    """Print whether a promise holds."""
    print(f"{'PASS' if holds else 'FAIL'}   {promise}: {value:,.2f}", flush=True)
    return holds


def fetch(port: int, path: str) -> tuple[HTTPMessage, bytes]:
    """The headers and the compressed body at an address; raises RuntimeError unless 200."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return answer.headers, body
