"""Finds a Chromium for the browser tests, or installs one by the first way that works."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DEBIAN = Path("/usr/bin/chromium")
LONGEST_INSTALL_S = 420
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def flags() -> list[str]:
    """What Chromium is told: to stay at home, and as root to do without its sandbox."""
    return [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else [*FLAGS]


def find(brought: str) -> Path | None:
    """The browser: Debian's, else Playwright's (`brought`), else one that is installed now."""
    with (Path(tempfile.gettempdir()) / "tukums-chromium.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        found = _there(brought)
        for command in [] if found else _ways():
            if _works(command):
                found = _there(brought)
            if found:
                break
    return found


def _there(brought: str) -> Path | None:
    return next((path for path in (DEBIAN, Path(brought)) if path.exists()), None)


def _ways() -> list[str]:
    ways = [f"{sys.executable} -m playwright install chromium"]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        ways.insert(
            0, "apt-get update -q && apt-get install -q -y --no-install-recommends chromium"
        )
    return ways


def _works(command: str) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            ["sh", "-c", command],
            env=environment,
            timeout=LONGEST_INSTALL_S,
            check=False,
            capture_output=True,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
