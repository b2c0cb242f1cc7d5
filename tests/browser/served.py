"""The service, served on a port of this machine for a browser to visit."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Thread

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from app.database import Database

MORNING = "2026-11-24T10:00"


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing: nobody reads along."""


class Served:
    """A running service: its address, its database, and the hand on its clock."""

    def __init__(self, app: Flask, port: int) -> None:
        self.app = app
        self.port = port
        self.address = f"http://127.0.0.1:{port}"

    @property
    def database(self) -> Database:
        """The database behind the service."""
        found: Database = self.app.extensions["database"]
        return found

    def at(self, moment: str) -> None:
        """Set the clock of the place to an ISO local time."""
        self.app.config["NOW"] = datetime.fromisoformat(moment)


@contextmanager
def serving(app: Flask) -> Iterator[Served]:
    """Serve an application on a free port of this machine."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Served(app, server.server_port)
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
