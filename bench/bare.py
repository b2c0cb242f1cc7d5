"""A bare Flask application that answers a constant, served exactly as the market is."""

import json
import sys
from pathlib import Path
from typing import Any

from flask import Flask, Response

from app.config import Settings
from app.server import Server


class BareServer(Server):
    """The market's own server without what belongs to the market."""

    def _chosen(self) -> dict[str, Any]:
        theirs = ("when_ready", "post_fork", "worker_exit")
        return {name: value for name, value in super()._chosen().items() if name not in theirs}


def bare(headers: list[tuple[str, str]], body: bytes) -> Flask:
    """An application with one page."""
    app = Flask("bare", static_folder=None)

    @app.get("/")
    def constant() -> Response:
        return Response(body, headers=headers)

    return app


def main(port: str, folder: str) -> None:
    """Serve the page that lies in a folder."""
    headers = [(name, value) for name, value in json.loads((Path(folder) / "headers").read_text())]
    app = bare(headers, (Path(folder) / "body").read_bytes())
    BareServer(app, Settings(_env_file=None, port=int(port), workers=1), "127.0.0.1").run()


if __name__ == "__main__":
    main(*sys.argv[1:])
