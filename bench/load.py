"""Visitors who do not wait: as many requests a second as a server on this machine answers.

`wrk` where it is installed, else a small client of our own, in a process of its own.
"""

import json
import re
import selectors
import shutil
import socket
import subprocess
import sys
import time as stopwatch
from itertools import cycle
from pathlib import Path

CONNECTIONS = 16
END_OF_HEADERS = b"\r\n\r\n"
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)

SCRIPT = """
local paths = {{{paths}}}
local turn = 0
wrk.headers["Accept-Encoding"] = "gzip"
request = function()
  turn = turn % #paths + 1
  return wrk.format("GET", paths[turn])
end
"""


def requests_a_second(port: int, paths: list[str], seconds: float, core: list[str]) -> float:
    """How many requests are answered in a second; raises RuntimeError when one is not answered."""
    ours = [sys.executable, "-m", "bench.load", str(port), str(seconds), json.dumps(paths)]
    wrk = shutil.which("wrk")
    if wrk:
        script = Path(f"/tmp/wrk-{port}.lua")
        script.write_text(SCRIPT.format(paths=", ".join(f'"{path}"' for path in paths)))
        address = f"http://127.0.0.1:{port}"
        ours = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", "-s", str(script), address]
    said = subprocess.run(
        [*core, *ours], capture_output=True, text=True, check=True, timeout=seconds + 30
    ).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(said)
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if not found:
        raise RuntimeError(said)
    return float(found[1])


class Visitor:
    """One connection kept open, with one request at a time."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self._received = b""

    def ask(self, path: str) -> None:
        """Send a request."""
        request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n"
        self.socket.sendall(request.encode())

    def has_all(self) -> bool:
        """Read what is there; whether the answer is complete. Raises RuntimeError unless 200."""
        self._received += self.socket.recv(1 << 16)
        head, end, body = self._received.partition(END_OF_HEADERS)
        length = LENGTH.search(head)
        if not end or not length or len(body) < int(length[1]):
            return False
        if b" 200 " not in head[:20]:
            raise RuntimeError(head.decode())
        self._received = b""
        return True


def main(port: str, seconds: str, paths: str) -> None:
    """Ask for a while and print how many were answered, in the words of wrk."""
    turns = cycle(json.loads(paths))
    answered = 0
    with selectors.DefaultSelector() as waiting:
        for _ in range(CONNECTIONS):
            visitor = Visitor(int(port))
            waiting.register(visitor.socket, selectors.EVENT_READ, visitor)
            visitor.ask(next(turns))
        began = stopwatch.monotonic()
        while stopwatch.monotonic() < began + float(seconds):
            for key, _event in waiting.select(1):
                if key.data.has_all():
                    answered += 1
                    key.data.ask(next(turns))
    print(f"Requests/sec: {answered / (stopwatch.monotonic() - began):.1f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
