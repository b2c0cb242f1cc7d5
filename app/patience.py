"""Connections to PostgreSQL that do not wait for ever.

A server that is stopped keeps its sockets open, so a question to it would never end; neither
libpq nor the server can limit that wait, psycopg's own waiting can.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from sqlalchemy import Engine, event

CONNECT_TIMEOUT_S = 2
WAKE_UP_S = 0.1

Patience = Callable[[], float | None]
Answer = TypeVar("Answer")


class PatientConnection(psycopg.Connection[Any]):
    """A connection that is given up when the server takes longer than `patience` says."""

    patience: Patience = staticmethod(lambda: None)

    def wait(
        self, gen: PQGen[Answer], interval: float = WAKE_UP_S, timeout: float | None = None
    ) -> Answer:
        """Wait for the server; raises OperationalError when that takes longer than `patience`."""
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.patience())
        except psycopg.OperationalError as error:
            # Without a state it is not the server's word; its answer may still come, to a
            # question that nobody remembers.
            if error.sqlstate is None:
                self.close()
            raise


def make_patient(engine: Engine, patience: Patience) -> None:
    """Have all connections of an engine wait as long as `patience` says, in seconds."""

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _record: object, address: list[Any], known: Any) -> object:
        connection = PatientConnection.connect(*address, **known, connect_timeout=CONNECT_TIMEOUT_S)
        connection.patience = patience
        return connection
