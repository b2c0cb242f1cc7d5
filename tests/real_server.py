"""`flask serve` as a process of its own, for tests of what only a real server shows."""

import os
import socket
import subprocess
import sys
import time as stopwatch
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

ROOT = Path(__file__).parent.parent
NOW = "2026-11-24T10:00"
LONGEST_STOP_S = 60


@dataclass
class RealServer:
    """A server that runs: where, and as which process."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def get(self, address: str, **headers: str) -> tuple[HTTPResponse, bytes]:
        """The answer at an address, and its body."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", address, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def stop(self) -> int:
        """Stop it as an operator does; returns the exit status."""
        self.process.terminate()
        return self.process.wait(LONGEST_STOP_S)


def free_port() -> int:
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        port: int = asking.getsockname()[1]
        return port


@contextmanager
def real_server(
    address: str, folder: Path, breakage: str = "", **settings: str
) -> Iterator[RealServer]:
    """Serve a database with two workers; `breakage` is Python that spoils the product first."""
    port = free_port()
    environment = {
        "DATABASE_URL": address,
        "DATA_DIR": str(folder),
        "NOW": NOW,
        "PORT": str(port),
        "WORKERS": "2",
        "SECRET_KEY": "for tests only",
        "PUBLIC_URL": "https://tirgus.example",
    }
    log = folder / "server.log"
    start = f"{breakage}\nfrom flask.cli import main\nmain()"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", start, "serve"],
            cwd=ROOT,
            env={**os.environ, **environment, **settings},
            stdout=output,
            stderr=output,
        )
    server = RealServer(port, process, log)
    try:
        _wait_for(server)
        yield server
    finally:
        server.stop()


def _wait_for(server: RealServer) -> None:
    for _ in range(600):
        if server.process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", server.port), 1).close()
            return
        except OSError:
            stopwatch.sleep(0.1)
    raise AssertionError(f"the server did not start: {server.log.read_text()}")
