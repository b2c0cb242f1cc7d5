"""`flask serve`: the production server, until it is told to stop."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from app.config import Settings
from app.languages import gettext as _
from app.schema import revision_of, revisions


def add_commands(app: Flask) -> None:
    """Add the verbs of this subject."""
    app.cli.add_command(serve)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@with_appcontext
def serve(host: str) -> None:
    """Open the market to visitors; with `--host 0.0.0.0` to other machines, too."""
    from app.server import Server

    app = current_app._get_current_object()  # type: ignore[attr-defined]
    settings: Settings = app.config["SETTINGS"]
    _look_at_tables(settings.address_of_database())
    app.extensions["kept_pages"].copies.tidy()
    Server(app, settings, host).run()


def _look_at_tables(address: str) -> None:
    """Refuse to serve tables of another version; a database that is silent stops nobody."""
    try:
        revision = revision_of(address)
    except SQLAlchemyError:
        click.echo(
            _(
                "The database does not answer: visitors see the last good copies until it does. "
                "For a new market, run “flask init” first."
            ),
            err=True,
        )
        return
    if revision != revisions()[0]:
        raise click.ClickException(
            _("The tables do not fit this version of the service. Please run “flask init” first.")
        )
