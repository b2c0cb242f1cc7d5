"""The production server: gunicorn with threads, told what this service needs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from app.config import Settings
from app.languages import gettext as _

THREADS = 8
MEMORY_FOLDER = Path("/dev/shm")  # noqa: S108 - gunicorn's own pulse, written many times a second
LONGEST_STOP_S = 30


class Log(Logger):  # type: ignore[misc]
    """Says what happened to the service, never who asked for what."""

    def exception(self, msg: str, *_args: object, **kwargs: Any) -> None:
        """Log an exception without the address that was asked for."""
        super().exception(msg.partition("%")[0].strip(), **kwargs)


class Server(BaseApplication):  # type: ignore[misc]
    """One application served by several processes until it is told to stop (SIGTERM, Ctrl+C)."""

    def __init__(self, app: Flask, settings: Settings, host: str) -> None:
        self._app = app
        self._settings = settings
        self._host = host
        super().__init__()

    def load_config(self) -> None:
        """Tell gunicorn our settings; it calls this once."""
        for name, value in self._chosen().items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application; it was made before the workers were forked."""
        return self._app

    def _chosen(self) -> dict[str, Any]:
        return {
            "bind": f"{self._host}:{self._settings.port}",
            "worker_class": "gthread",
            "workers": self._settings.workers,
            "threads": THREADS,
            "keepalive": 5,
            "graceful_timeout": LONGEST_STOP_S,
            "proc_name": "tukuma-tirgus",
            # A full or slow disk must not make the workers look dead.
            "worker_tmp_dir": str(MEMORY_FOLDER) if MEMORY_FOLDER.is_dir() else None,
            "control_socket_disable": True,
            # Warnings name the addresses of visitors; an access log would, too.
            "loglevel": "error",
            "logger_class": Log,
            # Whom to believe is said by PROXY_COUNT alone.
            "forwarded_allow_ips": "",
            "forwarder_headers": "",
            "when_ready": self._say_where(),
            "post_fork": _begin(self._app),
            "worker_exit": _end(self._app),
        }

    def _say_where(self) -> Callable[[object], None]:
        here = "localhost" if self._host in ("127.0.0.1", "0.0.0.0") else self._host  # noqa: S104
        address = f"http://{here}:{self._settings.port}"

        def say(_arbiter: object) -> None:
            click.echo(_("The market is open at %(address)s. Ctrl+C closes it.", address=address))

        return say


def _begin(app: Flask) -> Callable[[object, object], None]:
    def begin(_arbiter: object, _worker: object) -> None:
        app.extensions["database"].begin_serving()
        app.extensions["postman"].start()

    return begin


def _end(app: Flask) -> Callable[[object, object], None]:
    """Send the letter in hand, write the last openings; the worker answers nobody any more."""

    def end(_arbiter: object, _worker: object) -> None:
        app.extensions["postman"].stop()
        app.extensions["openings"].stop()
        app.extensions["database"].engine.dispose()

    return end
