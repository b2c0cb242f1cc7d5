"""The service, served on a port of this machine for a browser to visit."""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from threading import Thread
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wsgi import ClosingIterator

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


def _whole(app: Flask) -> WSGIApplication:
    """The application with each answer read to its end before it is sent, and its file closed.

    Werkzeug's server leaves a file open where the browser has gone before it was sent.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with closing(ClosingIterator(app(environ, start_response))) as parts:
            return [b"".join(parts)]

    return answer


@contextmanager
def serving(app: Flask) -> Iterator[Served]:
    """Serve an application on a free port of this machine."""
    server = make_server("127.0.0.1", 0, _whole(app), threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Served(app, server.server_port)
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
